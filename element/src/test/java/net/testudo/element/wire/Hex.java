package net.testudo.element.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;

/// Octets of the tests, written as hexadecimal digits; blanks are for the reader.
final class Hex {
    /// Where packets begin in the buffers of the tests: no multiple of two, to catch wrong alignment and offsets.
    static final int OFFSET = 3;

    private Hex() {}

    static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    static int length(String hex) {
        return octets(hex).length;
    }

    /// A buffer with the octets at [#OFFSET], surrounded by others.
    static MemorySegment buffer(String hex) {
        return buffer(octets(hex));
    }

    static MemorySegment buffer(byte[] octets) {
        MemorySegment buffer = filled(octets.length);
        MemorySegment.copy(octets, 0, buffer, ValueLayout.JAVA_BYTE, OFFSET, octets.length);
        return buffer;
    }

    /// A buffer for `length` octets at [#OFFSET], all 0xa5, so that an octet that is not written shows.
    static MemorySegment filled(int length) {
        byte[] octets = new byte[OFFSET + length + OFFSET];
        Arrays.fill(octets, (byte) 0xa5);
        return MemorySegment.ofArray(octets);
    }

    static void assertOctets(String hex, MemorySegment buffer) {
        int length = length(hex);
        byte[] found = buffer.asSlice(OFFSET, length).toArray(ValueLayout.JAVA_BYTE);
        assertEquals(HexFormat.of().formatHex(octets(hex)), HexFormat.of().formatHex(found));
        byte[] behind = buffer.asSlice(OFFSET + length).toArray(ValueLayout.JAVA_BYTE);
        for (byte octet : behind) {
            assertEquals((byte) 0xa5, octet, "nothing is written behind the end");
        }
    }
}
