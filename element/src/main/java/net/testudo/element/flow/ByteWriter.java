package net.testudo.element.flow;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Writes big-endian values one after the other into an array that grows; reused by its owner.
public final class ByteWriter {
    private byte[] octets = new byte[128];
    private int length;

    /// An empty one.
    public ByteWriter() {}

    /// Starts again.
    public ByteWriter reset() {
        length = 0;
        return this;
    }

    /// How many octets were written.
    public int length() {
        return length;
    }

    /// One octet.
    public ByteWriter u8(int value) {
        reserve(1);
        octets[length++] = (byte) value;
        return this;
    }

    /// Two octets.
    public ByteWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    /// Four octets.
    public ByteWriter i32(int value) {
        return u16(value >>> 16).u16(value);
    }

    /// Eight octets.
    public ByteWriter i64(long value) {
        return i32((int) (value >>> 32)).i32((int) value);
    }

    /// These octets.
    public ByteWriter octets(MemorySegment source) {
        int count = (int) source.byteSize();
        reserve(count);
        MemorySegment.copy(source, 0, MemorySegment.ofArray(octets), length, count);
        length += count;
        return this;
    }

    /// What another writer holds.
    public ByteWriter octets(ByteWriter source) {
        reserve(source.length);
        System.arraycopy(source.octets, 0, octets, length, source.length);
        length += source.length;
        return this;
    }

    /// A copy of what was written.
    public byte[] toArray() {
        return Arrays.copyOf(octets, length);
    }

    private void reserve(int count) {
        if (length + count > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + count));
        }
    }
}
