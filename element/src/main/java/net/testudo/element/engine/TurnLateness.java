package net.testudo.element.engine;

import java.util.Arrays;
import java.util.Map;

/// How late the turns of the duty cycle begin: a turn after one that left something waiting is due at once, any other
/// at the deadline that the engine named. What delays a turn (a long one before it, the scheduler, a collector) is the
/// same for a lease.
final class TurnLateness {
    private static final long US = 1_000;
    private static final long[] BOUNDS_MS = {1, 2, 5, 10, 20, 50, 100};
    private static final String[] NAMES =
            Arrays.stream(BOUNDS_MS).mapToObj("turns-late-%dms"::formatted).toArray(String[]::new);

    private final long[] turns = new long[BOUNDS_MS.length];
    private long latestNs;
    private long dueNs;

    /// @param startNs when the first turn is due
    TurnLateness(long startNs) {
        dueNs = startNs;
    }

    /// A turn begins.
    void begin(long nowNs) {
        long lateNs = nowNs - dueNs;
        latestNs = Math.max(latestNs, lateNs);
        for (int i = 0; i < turns.length && lateNs >= BOUNDS_MS[i] * 1_000 * US; i++) {
            turns[i]++;
        }
        dueNs = nowNs;
    }

    /// The turn left nothing waiting, and the next one is due then.
    void idleUntil(long deadlineNs) {
        dueNs = deadlineNs;
    }

    /// Adds how many turns were late by each bound or more, and the latest one.
    void addTo(Map<String, Long> counters) {
        for (int i = 0; i < turns.length; i++) {
            counters.put(NAMES[i], turns[i]);
        }
        counters.put("turn-latest-us", latestNs / US);
    }
}
