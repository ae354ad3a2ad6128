package net.testudo.element.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames that wait, and for how long.
class HoldQueueTest {
    private static final FlowLimits LIMITS = FlowLimits.SMALL;
    private static final int CHAIN = 0;

    private final FlowCounters counters = new FlowCounters();
    private final HoldQueue queue = new HoldQueue(1, LIMITS, counters);

    private void add(long nowNs) {
        queue.add(
                CHAIN, LIMITS.heldFrames(), new DataFrame().wrap(0, MemorySegment.ofArray(new byte[60]), 0, 60), nowNs);
    }

    /// The monotonic clock of a device begins anywhere.
    @ParameterizedTest
    @ValueSource(longs = {-1L << 60, 0, 1L << 60})
    void whatWaitedTooLongGivesItsPlaceBack(long startNs) {
        add(startNs);
        queue.expire(startNs + LIMITS.holdNs());
        assertEquals(1, queue.size());
        queue.expire(startNs + 2 * LIMITS.holdNs());
        assertEquals(0, queue.size());
        assertTrue(queue.isEmpty(CHAIN));
        assertEquals(1, counters.get(FlowCounter.HOLD_DROPS));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1L << 60, 0, 1L << 60})
    void whatWaitedTooLongIsNotHandedOut(long startNs) {
        add(startNs);
        assertFalse(queue.poll(CHAIN, new DataFrame(), startNs + LIMITS.holdNs() + 1));
        add(startNs);
        assertTrue(queue.poll(CHAIN, new DataFrame(), startNs + LIMITS.holdNs()));
    }
}
