package net.testudo.element.forwarding;

import java.util.Locale;

/// Why the data path dropped a packet, besides malformed ones (see [net.testudo.element.wire.WireFault]) and refused
/// ones (see [net.testudo.element.policy.Verdict]).
public enum DropReason {
    /// IPv6 is not carried.
    IPV6,
    /// Tagged frames are not carried.
    VLAN,
    /// Neither ARP nor IPv4.
    OTHER_PROTOCOL,
    /// Not sent to the virtual MAC address.
    OTHER_DESTINATION,
    /// This device may not act as master now.
    NOT_SERVING,
    /// There is no configuration.
    UNCONFIGURED,
    /// It would leave on the network it came from.
    HAIRPIN,
    /// No hop was left.
    TTL,
    /// In the middle of a connection that is not known.
    NO_FLOW,
    /// An ICMP error about a packet of no known flow.
    UNRELATED_ERROR,
    /// An ICMP message that opens nothing.
    UNSOLICITED_ICMP,
    /// No device can be given flows.
    NO_OWNER,
    /// All ports of the pool are in use.
    NO_PORT,
    /// The table is full, or a key is taken.
    NO_ENTRY,
    /// The next hop does not answer, or too many packets wait for it.
    NO_NEXT_HOP,
    /// Relayed to this device, which does not carry the flow.
    NOT_OWNER,
    /// Sequence number out of any window.
    BAD_SEQUENCE,
    /// A later fragment whose first one did not come in time, or opened no flow.
    FRAGMENT,
    /// The serving lease is out.
    NO_LEASE,
    /// The port did not take the frame.
    PORT,
    /// The device's own packet from an address that is not the cluster's, or to a port in use.
    LOCAL_OUT;

    private final String text = "drop." + name().toLowerCase(Locale.ROOT).replace('_', '-');

    /// Name in the snapshot, such as `drop.no-flow`.
    public String text() {
        return text;
    }
}
