package net.testudo.agent.assembly;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import net.testudo.agent.ElementClient;
import net.testudo.element.net.Ipv4Address;

/// A server towards managers (NETCONF, SNMP), started by the assembly. Its calls come from one thread, one at a time,
/// and may block.
public interface Northbound extends AutoCloseable {
    /// Makes a server.
    @FunctionalInterface
    interface Starter {
        /// @param surroundings what the server is given
        /// @throws IOException if it cannot start: one line that says what to do
        Northbound start(Surroundings surroundings) throws IOException;
    }

    /// What a server is given.
    ///
    /// @param element has published a snapshot already
    /// @param settings of this device
    /// @param managementAddress of this device's management port
    record Surroundings(ElementClient element, DeviceSettings settings, InetAddress managementAddress) {}

    /// The cluster address of the local network as this device knows it.
    ///
    /// @param address can be bound on this device while it is present, on every device of the cluster; empty while
    /// none is configured
    /// @param serving whether this device is the serving master: it alone receives what is sent to the address
    record ClusterAccess(Optional<Ipv4Address> address, boolean serving) {
        /// Not in a cluster.
        public static final ClusterAccess NONE = new ClusterAccess(Optional.empty(), false);
    }

    /// Something of it changed. Called once before anything else.
    void onClusterAccess(ClusterAccess access);

    @Override
    void close();
}
