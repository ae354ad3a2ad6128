package net.testudo.pcapio;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/// `struct sched_attr` in its first size (sched_setattr(2)).
final class SchedulingAttributes {
    private static final int SCHED_DEADLINE = 6;
    /// Threads and processes that the thread starts are ordinary ones.
    private static final long RESET_ON_FORK = 1;

    private static final StructLayout LAYOUT = MemoryLayout.structLayout(
            JAVA_INT.withName("size"),
            JAVA_INT.withName("policy"),
            JAVA_LONG.withName("flags"),
            JAVA_INT.withName("nice"),
            JAVA_INT.withName("priority"),
            JAVA_LONG.withName("runtime"),
            JAVA_LONG.withName("deadline"),
            JAVA_LONG.withName("period"));
    private static final VarHandle SIZE = field("size");
    private static final VarHandle POLICY = field("policy");
    private static final VarHandle FLAGS = field("flags");
    private static final VarHandle RUNTIME = field("runtime");
    private static final VarHandle DEADLINE = field("deadline");
    private static final VarHandle PERIOD = field("period");

    private SchedulingAttributes() {}

    /// A share of each period, to be had before the next one begins.
    static MemorySegment ofDeadline(Arena arena, long runtimeNs, long periodNs) {
        MemorySegment attributes = arena.allocate(LAYOUT);
        SIZE.set(attributes, 0L, (int) LAYOUT.byteSize());
        POLICY.set(attributes, 0L, SCHED_DEADLINE);
        FLAGS.set(attributes, 0L, RESET_ON_FORK);
        RUNTIME.set(attributes, 0L, runtimeNs);
        DEADLINE.set(attributes, 0L, periodNs);
        PERIOD.set(attributes, 0L, periodNs);
        return attributes;
    }

    private static VarHandle field(String name) {
        return LAYOUT.varHandle(PathElement.groupElement(name));
    }
}
