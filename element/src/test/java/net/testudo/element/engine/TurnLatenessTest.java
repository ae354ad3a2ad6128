package net.testudo.element.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TurnLatenessTest {
    private static final long MS = 1_000_000;

    private final TurnLateness lateness = new TurnLateness(0);

    @Test
    void aTurnAfterWorkIsDueAtOnceAndOneAfterNoneAtTheDeadline() {
        lateness.begin(0);
        lateness.begin(3 * MS);
        lateness.idleUntil(10 * MS);
        lateness.begin(31 * MS);
        lateness.idleUntil(40 * MS);
        lateness.begin(35 * MS);
        Map<String, Long> counters = new TreeMap<>();
        lateness.addTo(counters);
        assertEquals(
                Map.of(
                        "turns-late-1ms", 2L,
                        "turns-late-2ms", 2L,
                        "turns-late-5ms", 1L,
                        "turns-late-10ms", 1L,
                        "turns-late-20ms", 1L,
                        "turns-late-50ms", 0L,
                        "turns-late-100ms", 0L,
                        "turn-latest-us", 21_000L),
                counters);
    }
}
