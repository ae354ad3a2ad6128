package net.testudo.pcapio;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Takes the rights of the calling thread; on Linux each thread has its own.
final class Capabilities {
    private static final int VERSION_3 = 0x20080522;

    private Capabilities() {}

    static void dropAll() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocateFrom(JAVA_INT, VERSION_3, 0);
            MemorySegment none = arena.allocate(24, 4);
            LibC.call("capset failed", "capset", header, none);
        }
    }
}
