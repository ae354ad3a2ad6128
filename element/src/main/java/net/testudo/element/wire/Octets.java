package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Unsigned numbers in network order at any offset of a buffer.
final class Octets {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Octets() {}

    static int u8(MemorySegment buffer, long at) {
        return buffer.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    static int u16(MemorySegment buffer, long at) {
        return buffer.get(SHORT, at) & 0xffff;
    }

    /// All 32 bits; the sign has no meaning.
    static int i32(MemorySegment buffer, long at) {
        return buffer.get(INT, at);
    }

    static long u48(MemorySegment buffer, long at) {
        return (long) u16(buffer, at) << 32 | (i32(buffer, at + 2) & 0xffff_ffffL);
    }

    static void put8(MemorySegment buffer, long at, int value) {
        buffer.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    }

    static void put16(MemorySegment buffer, long at, int value) {
        buffer.set(SHORT, at, (short) value);
    }

    static void put32(MemorySegment buffer, long at, int value) {
        buffer.set(INT, at, value);
    }

    static void put48(MemorySegment buffer, long at, long value) {
        put16(buffer, at, (int) (value >>> 32));
        put32(buffer, at + 2, (int) value);
    }
}
