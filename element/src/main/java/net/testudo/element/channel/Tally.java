package net.testudo.element.channel;

import java.util.EnumMap;

/// Counters, one per value of an enum; counting allocates nothing.
final class Tally<E extends Enum<E>> {
    private final EnumMap<E, long[]> counts;

    Tally(Class<E> type) {
        counts = new EnumMap<>(type);
        for (E value : type.getEnumConstants()) {
            counts.put(value, new long[1]);
        }
    }

    /// Counts one and hands the value back.
    E count(E value) {
        long[] count = counts.get(value);
        if (count != null) {
            count[0]++;
        }
        return value;
    }

    long of(E value) {
        long[] count = counts.get(value);
        return count == null ? 0 : count[0];
    }
}
