package net.testudo.element.forwarding;

import java.util.Arrays;
import net.testudo.element.net.FlowKey;

/// Values that are remembered for a while, found by two numbers in constant time; a fixed number of places, nothing is
/// allocated per entry. Where there is no room, what is oldest of the few places that an entry can have is forgotten.
final class RecentTable {
    /// Answer of a search that found nothing; no value may be negative.
    static final long NONE = -1;

    private static final int WAYS = 4;

    private final long holdNs;
    private final long[] first;
    private final long[] second;
    private final long[] value;
    private final long[] sinceNs;
    private final int mask;

    /// @param places how many entries there are at most, a power of two
    /// @param holdNs how long an entry lasts
    RecentTable(int places, long holdNs) {
        this.holdNs = holdNs;
        first = new long[places];
        second = new long[places];
        value = new long[places];
        sinceNs = new long[places];
        mask = places / WAYS - 1;
        clear();
    }

    void clear() {
        Arrays.fill(value, NONE);
    }

    /// Remembers a value from now on, instead of an earlier one of the same numbers.
    void put(long a, long b, long newValue, long nowNs) {
        int set = set(a, b);
        int place = set;
        for (int i = set; i < set + WAYS; i++) {
            if (first[i] == a && second[i] == b) {
                place = i;
                break;
            }
            boolean better = value[i] == NONE || (value[place] != NONE && sinceNs[i] - sinceNs[place] < 0);
            place = better ? i : place;
        }
        first[place] = a;
        second[place] = b;
        value[place] = newValue;
        sinceNs[place] = nowNs;
    }

    /// The value of these numbers, or [#NONE].
    long get(long a, long b, long nowNs) {
        int set = set(a, b);
        for (int i = set; i < set + WAYS; i++) {
            if (first[i] == a && second[i] == b && value[i] != NONE) {
                return nowNs - sinceNs[i] <= holdNs ? value[i] : NONE;
            }
        }
        return NONE;
    }

    private int set(long a, long b) {
        return ((int) (FlowKey.hash(a, b) >>> 32) & mask) * WAYS;
    }
}
