package net.testudo.element.forwarding;

import java.util.LinkedHashMap;
import java.util.Map;
import net.testudo.element.flow.DirectionKey;
import net.testudo.element.wire.FrameFlyweight;
import org.jspecify.annotations.Nullable;

/// Which flow the later fragments of a packet belong to: that of the first one, which shows the ports.
final class FragmentTable {
    private static final int ENTRIES_MAX = 256;
    /// How long fragments of one packet may be apart; hosts give up after 60 s at the latest (RFC 1122 §3.3.2), but
    /// identifications are used again much sooner.
    private static final long HOLD_NS = 2_000_000_000L;

    private final Map<Id, Entry> entries = new LinkedHashMap<>();

    private record Id(int network, long addresses, int protocol, int identification) {}

    private record Entry(DirectionKey key, long sinceNs) {}

    void clear() {
        entries.clear();
    }

    /// The first fragment of a packet.
    void first(int network, FrameFlyweight frame, DirectionKey key, long nowNs) {
        if (entries.size() >= ENTRIES_MAX) {
            entries.remove(entries.keySet().iterator().next());
        }
        entries.put(id(network, frame), new Entry(key, nowNs));
    }

    /// The key of the first fragment, or null if it was not seen.
    @Nullable
    DirectionKey later(int network, FrameFlyweight frame, long nowNs) {
        Entry entry = entries.get(id(network, frame));
        return entry == null || nowNs - entry.sinceNs > HOLD_NS ? null : entry.key;
    }

    private static Id id(int network, FrameFlyweight frame) {
        return new Id(
                network,
                frame.addresses(),
                frame.ipv4().protocol(),
                frame.ipv4().identification());
    }
}
