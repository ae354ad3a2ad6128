package net.testudo.sim.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SimClockTest {
    @Test
    void fastClockReachesItsDeadlineEarlier() {
        SimClock clock = new SimClock(500, 1.01);
        assertEquals(500 + 1_010_000, clock.localNs(1_000_000));
        long waitNs = clock.untilNs(0, 500 + 1_010_000);
        assertTrue(Math.abs(waitNs - 1_000_000) <= 1, () -> "waits " + waitNs);
    }

    @Test
    void deadlineThatHasPassedNeedsNoWait() {
        assertEquals(0, new SimClock(0, 1).untilNs(100, 99));
    }

    @Test
    void clockRunsAcrossTheOverflow() {
        SimClock clock = new SimClock(Long.MAX_VALUE - 10, 1);
        long deadlineNs = clock.localNs(100);
        assertTrue(deadlineNs < 0);
        assertEquals(95, clock.untilNs(5, deadlineNs));
    }
}
