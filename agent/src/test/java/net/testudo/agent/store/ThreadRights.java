package net.testudo.agent.store;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/// Takes the capabilities of the calling thread (capset(2)), so that root is refused what others are.
final class ThreadRights {
    private static final int VERSION_3 = 0x20080522;
    private static final int DATA_OCTETS = 24;

    private ThreadRights() {}

    // A test has to lose a right; Java knows no other way.
    @SuppressWarnings("restricted")
    static void dropAll() throws Throwable {
        Linker linker = Linker.nativeLinker();
        var capset = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("capset"), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            var header = arena.allocateFrom(JAVA_INT, VERSION_3, 0);
            var none = arena.allocate(DATA_OCTETS, 4);
            if ((int) capset.invokeExact(header, none) != 0) {
                throw new IllegalStateException("capset failed");
            }
        }
    }
}
