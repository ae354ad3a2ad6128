package net.testudo.element.forwarding;

import net.testudo.element.wire.FrameFlyweight;

/// Which flow the later fragments of a packet belong to: that of the first one, which shows the ports.
final class FragmentTable {
    /// Answer if the first fragment was not seen.
    static final long NONE = RecentTable.NONE;

    private static final int PACKETS_MAX = 1_024;
    /// How long fragments of one packet may be apart; hosts give up after 60 s at the latest (RFC 1122 §3.3.2), but
    /// identifications are used again much sooner.
    private static final long HOLD_NS = 2_000_000_000L;

    private final RecentTable packets = new RecentTable(PACKETS_MAX, HOLD_NS);

    void clear() {
        packets.clear();
    }

    /// The first fragment of a packet, which shows these ports.
    void first(int network, FrameFlyweight frame, long ports, long nowNs) {
        packets.put(frame.addresses(), packet(network, frame), ports, nowNs);
    }

    /// The ports that the first fragment showed, or [#NONE].
    long later(int network, FrameFlyweight frame, long nowNs) {
        return packets.get(frame.addresses(), packet(network, frame), nowNs);
    }

    /// What all fragments of one packet show besides the addresses (RFC 791 §3.2).
    static long packet(int network, FrameFlyweight frame) {
        return (long) network << 24
                | frame.ipv4().protocol() << 16
                | frame.ipv4().identification();
    }
}
