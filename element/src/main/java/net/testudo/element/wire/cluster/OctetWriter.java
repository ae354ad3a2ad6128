package net.testudo.element.wire.cluster;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes the fields of a message, growing as needed; may be used again and again.
public final class OctetWriter {
    private static final VarHandle U16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] octets;
    private int length;

    /// @param capacityOctets to start with
    public OctetWriter(int capacityOctets) {
        octets = new byte[capacityOctets];
    }

    /// One octet.
    public OctetWriter u8(int value) {
        room(1)[length++] = (byte) value;
        return this;
    }

    /// Two octets.
    public OctetWriter u16(int value) {
        U16.set(room(Short.BYTES), length, (short) value);
        length += Short.BYTES;
        return this;
    }

    /// Four octets.
    public OctetWriter u32(int value) {
        U32.set(room(Integer.BYTES), length, value);
        length += Integer.BYTES;
        return this;
    }

    /// Eight octets.
    public OctetWriter i64(long value) {
        I64.set(room(Long.BYTES), length, value);
        length += Long.BYTES;
        return this;
    }

    /// One octet, 1 for true.
    public OctetWriter bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    /// A short string: at most 65,535 octets of UTF-8.
    public OctetWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 0xffff) {
            throw new IllegalArgumentException("text of " + utf8.length + " octets; at most 65535");
        }
        return u16(utf8.length).raw(utf8);
    }

    /// A long string: its length in four octets, then its UTF-8 octets.
    public OctetWriter longText(String value) {
        return blob(value.getBytes(StandardCharsets.UTF_8));
    }

    /// Octets with their length in four octets.
    public OctetWriter blob(byte[] value) {
        return u32(value.length).raw(value);
    }

    /// Octets as they are.
    public OctetWriter raw(byte[] value) {
        System.arraycopy(value, 0, room(value.length), length, value.length);
        length += value.length;
        return this;
    }

    /// Octets as they are.
    public OctetWriter raw(MemorySegment value) {
        int count = (int) value.byteSize();
        MemorySegment.copy(value, ValueLayout.JAVA_BYTE, 0, room(count), length, count);
        length += count;
        return this;
    }

    /// What another writer holds.
    public OctetWriter raw(OctetWriter other) {
        System.arraycopy(other.octets, 0, room(other.length), length, other.length);
        length += other.length;
        return this;
    }

    /// Starts again.
    public OctetWriter reset() {
        length = 0;
        return this;
    }

    /// How many octets were written.
    public int length() {
        return length;
    }

    /// What was written so far.
    public byte[] toOctets() {
        return Arrays.copyOf(octets, length);
    }

    /// The digest of what was written so far.
    public Digest digest() {
        return Digest.of(octets, length);
    }

    private byte[] room(int count) {
        if (octets.length - length < count) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + count));
        }
        return octets;
    }
}
