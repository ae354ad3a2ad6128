package net.testudo.element.flow;

import net.testudo.element.net.FlowKey;

/// One direction of a flow: a [FlowKey] and the network its packets come from.
///
/// ```
///  addresses  as in FlowKey
///  ports      | 0:16 | network:8 | protocol:8 | ports, ICMP identifier twice, or SPI:32 |
/// ```
///
/// @param addresses source and destination
/// @param ports network, protocol and ports
public record DirectionKey(long addresses, long ports) {
    private static final int NETWORK_SHIFT = 40;
    private static final long SELECTORS = (1L << NETWORK_SHIFT) - 1;

    /// The lower part of a key: selectors as in [FlowKey], from this network.
    public static long ports(int network, long selectors) {
        return ((long) network << NETWORK_SHIFT) | selectors;
    }

    /// The key of packets from `network` with these header fields.
    public static DirectionKey of(int network, FlowKey key) {
        return new DirectionKey(key.addresses(), ports(network, key.selectors()));
    }

    /// The network in the lower part of a key.
    public static int network(long ports) {
        return (int) (ports >>> NETWORK_SHIFT);
    }

    /// The selectors in the lower part of a key, as in [FlowKey].
    public static long selectors(long ports) {
        return ports & SELECTORS;
    }

    /// Index of the network the packets come from.
    public int network() {
        return network(ports);
    }

    /// The header fields.
    public FlowKey key() {
        return new FlowKey(addresses, selectors(ports));
    }

    @Override
    public String toString() {
        return network() + ": " + key();
    }
}
