package net.testudo.element.wire.cluster;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a message. Reading past the end gives zeros and marks the reader as malformed, so that a
/// parser reads all fields first and asks once at the end.
public final class OctetReader {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment octets;
    private final long end;
    private long position;
    private boolean malformed;

    /// Reads `length` octets from `offset` on.
    public OctetReader(byte[] octets, int offset, int length) {
        this(MemorySegment.ofArray(octets), offset, length);
    }

    /// Reads the whole array.
    public OctetReader(byte[] octets) {
        this(octets, 0, octets.length);
    }

    /// Reads all of a segment.
    public OctetReader(MemorySegment octets) {
        this(octets, 0, octets.byteSize());
    }

    private OctetReader(MemorySegment octets, long offset, long length) {
        this.octets = octets;
        this.position = offset;
        this.end = offset + length;
    }

    /// One octet, 0 to 255.
    public int u8() {
        return take(1) ? octets.get(ValueLayout.JAVA_BYTE, position - 1) & 0xff : 0;
    }

    /// Two octets, 0 to 65535.
    public int u16() {
        return take(2) ? octets.get(SHORT, position - 2) & 0xffff : 0;
    }

    /// Four octets.
    public int u32() {
        return take(4) ? octets.get(INT, position - 4) : 0;
    }

    /// Eight octets.
    public long i64() {
        return take(8) ? octets.get(LONG, position - 8) : 0;
    }

    /// One octet that must be 0 or 1.
    public boolean bool() {
        int value = u8();
        malformed |= value > 1;
        return value == 1;
    }

    /// A string with its length in two octets; what is not UTF-8 is malformed.
    public String text() {
        return utf8(raw(u16()));
    }

    /// A string with its length in four octets; what is not UTF-8 is malformed.
    public String longText() {
        return utf8(blob());
    }

    /// A decoder puts U+FFFD, three octets, for each octet that it does not understand: the text would be another, and
    /// could be too long to be sent again.
    private String utf8(byte[] raw) {
        String text = new String(raw, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') >= 0 && !Arrays.equals(raw, text.getBytes(StandardCharsets.UTF_8))) {
            malformed = true;
            return "";
        }
        return text;
    }

    /// Octets with their length in four octets.
    public byte[] blob() {
        return raw(u32());
    }

    /// The next `count` octets, copied; none if there are fewer.
    public byte[] raw(int count) {
        return slice(count).toArray(ValueLayout.JAVA_BYTE);
    }

    /// The next `count` octets, not copied; none if there are fewer.
    public MemorySegment slice(int count) {
        return take(count) ? octets.asSlice(position - count, count) : MemorySegment.NULL;
    }

    /// How many octets are left.
    public int remaining() {
        return (int) (end - position);
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

    private boolean take(int count) {
        if (count < 0 || count > end - position) {
            malformed = true;
            position = end;
            return false;
        }
        position += count;
        return true;
    }
}
