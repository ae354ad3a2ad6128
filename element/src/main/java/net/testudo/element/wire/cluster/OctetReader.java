package net.testudo.element.wire.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a message. Reading past the end gives zeros and marks the reader as malformed, so that a
/// parser reads all fields first and asks once at the end.
public final class OctetReader {
    private final byte[] octets;
    private final int end;
    private int position;
    private boolean malformed;

    /// Reads `length` octets from `offset` on.
    public OctetReader(byte[] octets, int offset, int length) {
        this.octets = octets;
        this.position = offset;
        this.end = offset + length;
    }

    /// Reads the whole array.
    public OctetReader(byte[] octets) {
        this(octets, 0, octets.length);
    }

    /// One octet, 0 to 255.
    public int u8() {
        if (position >= end) {
            malformed = true;
            return 0;
        }
        return octets[position++] & 0xff;
    }

    /// Two octets, 0 to 65535.
    public int u16() {
        int high = u8();
        return (high << 8) | u8();
    }

    /// Four octets.
    public int u32() {
        int high = u16();
        return (high << 16) | u16();
    }

    /// Eight octets.
    public long i64() {
        long high = u32();
        return (high << 32) | (u32() & 0xffff_ffffL);
    }

    /// One octet that must be 0 or 1.
    public boolean bool() {
        int value = u8();
        malformed |= value > 1;
        return value == 1;
    }

    /// A string with its length in two octets.
    public String text() {
        return new String(raw(u16()), StandardCharsets.UTF_8);
    }

    /// A string with its length in four octets.
    public String longText() {
        return new String(blob(), StandardCharsets.UTF_8);
    }

    /// Octets with their length in four octets.
    public byte[] blob() {
        return raw(u32());
    }

    /// The next `count` octets; none if there are fewer.
    public byte[] raw(int count) {
        if (count < 0 || count > end - position) {
            malformed = true;
            position = end;
            return new byte[0];
        }
        position += count;
        return Arrays.copyOfRange(octets, position - count, position);
    }

    /// A list with its size in two octets; `element` reads one entry, and answers null if that is malformed.
    public <T> List<T> list(Function<OctetReader, @Nullable T> element) {
        int count = u16();
        List<T> list = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count && !malformed; i++) {
            T value = element.apply(this);
            if (value == null) {
                malformed = true;
            } else {
                list.add(value);
            }
        }
        return List.copyOf(list);
    }

    /// Marks the message as malformed, for rules beyond the length of fields.
    public void reject() {
        malformed = true;
    }

    /// Whether all was read as it should and nothing is left.
    public boolean complete() {
        return !malformed && position == end;
    }

    /// Whether nothing malformed was met so far.
    public boolean sound() {
        return !malformed;
    }
}
