package net.testudo.pcapio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Calls that only tests need.
final class LibC {
    private LibC() {}

    /// Calls a function of integers and pointers that answers an integer below zero on failure.
    // The callers are tests that name functions by the manual's shape.
    @SuppressWarnings("restricted")
    static void call(String failure, String name, Object... arguments) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MemoryLayout[] layouts = Arrays.stream(arguments)
                .map(a -> a instanceof MemorySegment ? ADDRESS : JAVA_INT)
                .toArray(MemoryLayout[]::new);
        int result = (int) linker.downcallHandle(
                        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, layouts))
                .invokeWithArguments(arguments);
        if (result < 0) {
            throw new IllegalStateException(failure);
        }
    }
}
