package net.testudo.element.forwarding;

import net.testudo.element.flow.DirectionKey;
import net.testudo.element.net.FlowKey;
import net.testudo.element.wire.FrameFlyweight;

/// By which key a packet's flow is found: its own; for an ICMP error, that of the packets which travel like it, seen
/// from the packet it quotes; for a later fragment, that of the first one. One object serves all packets.
final class PacketKey {
    private final FragmentTable fragments;
    private long addresses;
    private long ports;

    PacketKey(FragmentTable fragments) {
        this.fragments = fragments;
    }

    /// Reads the key of a packet.
    ///
    /// @return false if it is a fragment whose first one was not seen
    boolean read(int network, FrameFlyweight frame, long nowNs) {
        if (frame.isIcmpError()) {
            addresses = FlowKey.reverseAddresses(frame.quote().addresses());
            ports = DirectionKey.ports(
                    network, FlowKey.reverseSelectors(frame.quote().selectors()));
            return true;
        }
        addresses = frame.addresses();
        ports = DirectionKey.ports(network, frame.selectors());
        if (!frame.ipv4().isFragment()) {
            return true;
        }
        if (frame.ipv4().fragmentOffset() == 0) {
            fragments.first(network, frame, ports, nowNs);
            return true;
        }
        ports = fragments.later(network, frame, nowNs);
        return ports != FragmentTable.NONE;
    }

    long addresses() {
        return addresses;
    }

    long ports() {
        return ports;
    }
}
