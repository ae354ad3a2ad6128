package net.testudo.pcapio;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What the kernel knows of the machine's wall clock: whether a program keeps it right (adjtimex(2)). Needs no
/// privilege, since nothing is adjusted.
public final class KernelClock {
    private static final int TIMEX_OCTETS = 208;
    /// Of `struct timex` with longs of 64 bits.
    private static final int AT_ESTIMATED_ERROR = 32;
    private static final int AT_STATUS = 40;
    private static final int UNSYNCHRONIZED = 0x40;
    /// Returned for a clock that nobody keeps.
    private static final int TIME_ERROR = 5;

    private KernelClock() {}

    /// Whether the clock is kept right.
    public enum State {
        /// The kernel did not answer.
        UNKNOWN,
        /// It is.
        SYNCHRONIZED,
        /// It is not.
        UNSYNCHRONIZED
    }

    /// What the kernel says.
    ///
    /// @param state whether the clock is kept right
    /// @param errorUs by how much it may be wrong, as the program that keeps it estimates, in microseconds
    public record Reading(State state, long errorUs) {}

    /// Asks the kernel.
    public static Reading read() {
        if (ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
            return new Reading(State.UNKNOWN, 0);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timex = arena.allocate(TIMEX_OCTETS, Long.BYTES);
            int answer = LinuxCalls.adjtimex(timex);
            return reading(
                    answer,
                    timex.get(ValueLayout.JAVA_INT, AT_STATUS),
                    timex.get(ValueLayout.JAVA_LONG, AT_ESTIMATED_ERROR));
        }
    }

    /// @param answer of the call
    /// @param status as the kernel filled it in
    static Reading reading(int answer, int status, long errorUs) {
        if (answer < 0) {
            return new Reading(State.UNKNOWN, 0);
        }
        boolean free = answer == TIME_ERROR || (status & UNSYNCHRONIZED) != 0;
        return free ? new Reading(State.UNSYNCHRONIZED, 0) : new Reading(State.SYNCHRONIZED, errorUs);
    }
}
