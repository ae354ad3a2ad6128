package net.testudo.element.forwarding;

import java.lang.foreign.MemorySegment;
import net.testudo.element.flow.DataFrame;
import net.testudo.element.wire.FrameFlyweight;

/// Later fragments that came before the first one of their packet: they wait for it, briefly, in a fixed number of
/// places.
final class FragmentHold {
    private static final int PLACES = 64;
    private static final int OCTETS_MAX = 1_600;
    /// Networks change the order of packets by milliseconds, not more.
    private static final long HOLD_NS = 100_000_000L;

    private final MemorySegment store = MemorySegment.ofArray(new byte[PLACES * OCTETS_MAX]);
    private final long[] addresses = new long[PLACES];
    private final long[] packet = new long[PLACES];
    private final long[] sinceNs = new long[PLACES];
    private final int[] network = new int[PLACES];
    /// 0 in a free place.
    private final int[] length = new int[PLACES];
    private int held;

    void clear() {
        java.util.Arrays.fill(length, 0);
        held = 0;
    }

    /// Keeps a fragment.
    ///
    /// @return false if there is no room
    boolean add(FrameFlyweight frame, DataFrame data, long nowNs) {
        if (held == PLACES || data.length() > OCTETS_MAX) {
            return false;
        }
        int place = 0;
        while (length[place] != 0) {
            place++;
        }
        MemorySegment.copy(data.buffer(), data.offset(), store, (long) place * OCTETS_MAX, data.length());
        addresses[place] = frame.addresses();
        packet[place] = FragmentTable.packet(data.network(), frame);
        sinceNs[place] = nowNs;
        network[place] = data.network();
        length[place] = data.length();
        held++;
        return true;
    }

    /// Takes a fragment of a packet that has not waited too long; its octets stay until the next [#add].
    ///
    /// @return false if there is none
    boolean poll(long ofAddresses, long ofPacket, DataFrame fragment, long nowNs) {
        for (int place = 0; held > 0 && place < PLACES; place++) {
            boolean matches = length[place] != 0 && addresses[place] == ofAddresses && packet[place] == ofPacket;
            if (matches && nowNs - sinceNs[place] <= HOLD_NS) {
                fragment.wrap(network[place], store, (long) place * OCTETS_MAX, length[place]);
                length[place] = 0;
                held--;
                return true;
            }
        }
        return false;
    }

    /// Drops what waited too long.
    ///
    /// @return how many
    int expire(long nowNs) {
        int before = held;
        for (int place = 0; held > 0 && place < PLACES; place++) {
            if (length[place] != 0 && nowNs - sinceNs[place] > HOLD_NS) {
                length[place] = 0;
                held--;
            }
        }
        return before - held;
    }
}
