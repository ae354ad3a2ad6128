package net.testudo.element.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.testudo.element.wire.Fuzz;
import org.junit.jupiter.api.Test;

class RelayFramesTest {
    private static final int CONTENT_OCTETS_MAX = 105;

    private final RelayFrames sender = new RelayFrames(CONTENT_OCTETS_MAX);
    private final RelayFrames receiver = new RelayFrames(CONTENT_OCTETS_MAX);

    @Test
    void aFrameIsCutAndJoined() {
        byte[] frame = octets(1_000);
        List<byte[]> parts = cut(frame);
        assertEquals(10, parts.size());
        for (byte[] part : parts.subList(0, 9)) {
            assertEquals(0, receiver.join(2, part, 0, part.length));
        }
        assertEquals(1_000, receiver.join(2, parts.get(9), 0, parts.get(9).length));
        assertArrayEquals(frame, receiver.frame().asSlice(0, 1_000).toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void aFrameOfWhichAPartIsMissingIsLost() {
        List<byte[]> parts = cut(octets(300));
        assertEquals(0, receiver.join(2, parts.get(0), 0, parts.get(0).length));
        assertEquals(-1, receiver.join(2, parts.get(2), 0, parts.get(2).length));
        assertEquals(-1, receiver.join(2, parts.get(1), 0, parts.get(1).length));
    }

    @Test
    void theLargestFrameIsCutAndALargerOneRefused() {
        RelayFrames large = new RelayFrames(1_500);
        MemorySegment frame = MemorySegment.ofArray(octets(RelayFrames.FRAME_OCTETS_MAX + 1));
        assertTrue(large.cut(0, frame, 0, RelayFrames.FRAME_OCTETS_MAX, (_, _) -> true));
        assertEquals(false, large.cut(0, frame, 0, RelayFrames.FRAME_OCTETS_MAX + 1, (_, _) -> true));
    }

    @Test
    void randomAndMutatedPartsNeverThrow() {
        byte[][] parts = cut(octets(250)).toArray(byte[][]::new);
        int[] joined = new int[1];
        Fuzz.run(
                (number, random) -> random.nextInt(3) == 0
                        ? Fuzz.any(parts, random)
                        : Fuzz.mutated(parts[number % parts.length], RelayFrames.HEADER_OCTETS - 1, random),
                (number, part) -> {
                    int length = receiver.join(2 + number / 1000 % 2, part, 0, part.length);
                    assertTrue(length >= -1 && length <= RelayFrames.FRAME_OCTETS_MAX);
                    joined[0] += length > 0 ? 1 : 0;
                });
        Fuzz.expect(joined[0] > 0, "none was joined");
    }

    private List<byte[]> cut(byte[] frame) {
        List<byte[]> parts = new ArrayList<>();
        assertTrue(sender.cut(0x11, MemorySegment.ofArray(frame), 0, frame.length, (content, length) -> {
            parts.add(Arrays.copyOf(content, length));
            return true;
        }));
        return parts;
    }

    private static byte[] octets(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (i * 7);
        }
        return octets;
    }
}
