package net.testudo.element.flow;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Reads big-endian values one after the other. Reading past the end answers zeros and is remembered, so that a parser
/// checks once, at its end.
public final class ByteReader {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment octets;
    private long position;
    private boolean truncated;

    /// Reads all of `octets`.
    public ByteReader(MemorySegment octets) {
        this.octets = octets;
    }

    /// One octet, unsigned.
    public int u8() {
        return take(1) ? octets.get(ValueLayout.JAVA_BYTE, position - 1) & 0xff : 0;
    }

    /// Two octets, unsigned.
    public int u16() {
        return take(2) ? octets.get(SHORT, position - 2) & 0xffff : 0;
    }

    /// Four octets.
    public int i32() {
        return take(4) ? octets.get(INT, position - 4) : 0;
    }

    /// Eight octets.
    public long i64() {
        return take(8) ? octets.get(LONG, position - 8) : 0;
    }

    /// The next `length` octets, not copied.
    public MemorySegment slice(int length) {
        return take(length) ? octets.asSlice(position - length, length) : octets.asSlice(position, 0);
    }

    /// How many octets are left.
    public int remaining() {
        return (int) (octets.byteSize() - position);
    }

    /// Whether more was read than there is.
    public boolean isTruncated() {
        return truncated;
    }

    private boolean take(int length) {
        if (length > remaining()) {
            truncated = true;
            position = octets.byteSize();
            return false;
        }
        position += length;
        return true;
    }
}
