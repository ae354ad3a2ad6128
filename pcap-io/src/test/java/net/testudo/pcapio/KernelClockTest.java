package net.testudo.pcapio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import net.testudo.pcapio.KernelClock.Reading;
import net.testudo.pcapio.KernelClock.State;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("FRM-13")
class KernelClockTest {
    private static final int STA_UNSYNC = 0x40;

    @Test
    void theKernelSaysWhetherTheClockIsKept() {
        assertNotEquals(State.UNKNOWN, KernelClock.read().state());
    }

    @Test
    void aClockIsKeptUnlessTheStatusOrTheAnswerSaysOtherwise() {
        assertEquals(new Reading(State.SYNCHRONIZED, 1_500), KernelClock.reading(0, 0x2001, 1_500));
        assertEquals(new Reading(State.UNSYNCHRONIZED, 0), KernelClock.reading(0, STA_UNSYNC, 1_500));
        assertEquals(new Reading(State.UNSYNCHRONIZED, 0), KernelClock.reading(5, 0, 1_500));
        assertEquals(new Reading(State.UNKNOWN, 0), KernelClock.reading(-1, 0, 1_500));
    }
}
