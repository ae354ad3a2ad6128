package net.testudo.agent;

import java.util.Optional;
import net.testudo.element.net.Ipv4Address;

/// The cluster address of the local network as this device knows it.
///
/// @param address can be bound on this device while it is present, on every device of the cluster; empty while none is
///     configured
/// @param serving whether this device is the serving master: it alone receives what is sent to the address
public record ClusterAccess(Optional<Ipv4Address> address, boolean serving) {
    /// Not in a cluster.
    public static final ClusterAccess NONE = new ClusterAccess(Optional.empty(), false);
}
