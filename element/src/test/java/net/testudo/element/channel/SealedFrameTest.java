package net.testudo.element.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.SplittableRandom;
import net.testudo.element.wire.Fuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SealedFrameTest {
    private static final int HEADROOM = 14;
    private static final int STATUS = 3;
    private static final byte[] CONTENT = new byte[100];

    static {
        new SplittableRandom(1).nextBytes(CONTENT);
    }

    private final FrameSealer sealer = new FrameSealer(new SeededEntropy(1), 7, 0x77, HEADROOM);
    private final FrameOpener opener = opener(sealer);

    @Test
    void aSealedFrameIsOpened() {
        byte[] frame = seal(2, CONTENT);
        assertEquals(FrameFate.OK, open(2, frame));
        assertArrayEquals(CONTENT, Arrays.copyOf(opener.content(), opener.length()));
        assertEquals(7, opener.sender());
        assertEquals(0x77, opener.bootId());
        assertEquals(STATUS, opener.messageClass());
    }

    @Tag("JON-04")
    @Test
    void theContentIsHidden() {
        String sealed = Arrays.toString(seal(0, CONTENT));
        String plain = Arrays.toString(Arrays.copyOf(CONTENT, 8));
        assertFalse(sealed.contains(plain.substring(1, plain.length() - 1)));
    }

    @Test
    void emptyAndLargestContentsAndPaddingWork() {
        assertEquals(FrameFate.OK, open(0, Arrays.copyOf(seal(0, new byte[0]), 60)));
        assertEquals(0, opener.length());
        assertEquals(FrameFate.OK, open(0, seal(0, new byte[FrameSealer.CONTENT_OCTETS_MAX])));
        assertEquals(FrameSealer.CONTENT_OCTETS_MAX, opener.length());
    }

    @Test
    void aFrameInNativeMemoryIsOpened() {
        byte[] frame = seal(1, CONTENT);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(200);
            MemorySegment.copy(MemorySegment.ofArray(frame), 0, memory, 5, frame.length);
            assertEquals(FrameFate.OK, opener.open(1, memory, 5, frame.length));
        }
        assertArrayEquals(CONTENT, Arrays.copyOf(opener.content(), opener.length()));
    }

    @Tag("JON-04")
    @Test
    void aReplayedFrameIsRefusedOnItsPathAndOnEveryOther() {
        byte[] frame = seal(1, CONTENT);
        assertEquals(FrameFate.OK, open(1, frame));
        assertEquals(FrameFate.REPLAYED, open(1, frame));
        assertEquals(FrameFate.BAD_TAG, open(0, frame));
        assertEquals(FrameFate.BAD_TAG, open(2, frame));
        assertEquals(1, opener.frames(FrameFate.REPLAYED));
        assertEquals(2, opener.frames(FrameFate.BAD_TAG));
    }

    @Test
    void aFrameBehindTheWindowIsRefused() {
        byte[] old = seal(0, CONTENT);
        byte[] newest = old;
        for (int i = 0; i < ReplayWindow.NUMBERS; i++) {
            newest = seal(0, CONTENT);
        }
        assertEquals(FrameFate.OK, open(0, newest));
        assertEquals(FrameFate.TOO_OLD, open(0, old));
    }

    @Test
    void installingTheSameKeyAgainKeepsTheReplayWindow() {
        byte[] frame = seal(0, CONTENT);
        assertEquals(FrameFate.OK, open(0, frame));
        install(opener, sealer, 7, 0x77);
        assertEquals(FrameFate.REPLAYED, open(0, frame));
    }

    @Test
    void afterARestartOnlyTheNewBootIsHeard() {
        byte[] old = seal(0, CONTENT);
        var restarted = new FrameSealer(new SeededEntropy(2), 7, 0x78, HEADROOM);
        byte[] fresh = seal(restarted, 0, CONTENT);
        assertEquals(FrameFate.UNKNOWN_BOOT, open(0, fresh));
        assertEquals(0x78, opener.bootId());
        install(opener, restarted, 7, 0x78);
        assertEquals(FrameFate.OK, open(0, fresh));
        assertEquals(FrameFate.UNKNOWN_BOOT, open(0, old));
        assertEquals(0x78, opener.bootOf(7));
    }

    @Tag("NON-01")
    @Test
    void strangersOwnFramesAndRemovedDevicesAreTold() {
        var own = new FrameSealer(new SeededEntropy(3), 1, 0x11, HEADROOM);
        assertEquals(FrameFate.OWN_FRAME, open(0, seal(own, 0, CONTENT)));
        var impostor = new FrameSealer(new SeededEntropy(3), 1, 0x12, HEADROOM);
        assertEquals(FrameFate.UNKNOWN_SENDER, open(0, seal(impostor, 0, CONTENT)));
        var stranger = new FrameSealer(new SeededEntropy(3), 63, 0x77, HEADROOM);
        assertEquals(FrameFate.UNKNOWN_SENDER, open(0, seal(stranger, 0, CONTENT)));
        opener.remove(7);
        assertEquals(FrameFate.UNKNOWN_SENDER, open(0, seal(0, CONTENT)));
        assertEquals(0, opener.bootOf(7));
    }

    @Test
    void aForeignKeyIsRefused() {
        var forger = new FrameSealer(new SeededEntropy(9), 7, 0x77, HEADROOM);
        assertEquals(FrameFate.BAD_TAG, open(0, seal(forger, 0, CONTENT)));
    }

    @Tag("JON-04")
    @Test
    void everyFlippedBitIsNoticed() {
        byte[] frame = seal(0, CONTENT);
        for (int bit = 0; bit < 8 * frame.length; bit++) {
            frame[bit / 8] ^= (byte) (1 << bit % 8);
            assertNotEquals(FrameFate.OK, open(0, frame), "bit " + bit);
            frame[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertEquals(FrameFate.OK, open(0, frame));
    }

    @Test
    void randomAndMutatedFramesAreNeverAcceptedAndEachIsCounted() {
        EnumSet<FrameFate> seen = EnumSet.noneOf(FrameFate.class);
        Fuzz.run(
                (_, random) -> {
                    byte[] frame = seal(0, CONTENT);
                    byte[] mutant = Fuzz.any(new byte[][] {frame}, random);
                    boolean genuine = Arrays.equals(frame, Arrays.copyOf(mutant, frame.length));
                    return genuine ? Arrays.copyOf(mutant, frame.length - 1) : mutant;
                },
                (number, frame) -> {
                    long before = dropped();
                    FrameFate fate = open(number % 3, frame);
                    seen.add(fate);
                    assertNotEquals(FrameFate.OK, fate);
                    assertEquals(before + 1, dropped());
                });
        Fuzz.expect(seen.size() >= 6, seen.toString());
        assertEquals(FrameFate.OK, open(0, seal(0, CONTENT)));
    }

    @Test
    void theSameSeedSealsTheSameOctets() {
        var twin = new FrameSealer(new SeededEntropy(1), 7, 0x77, HEADROOM);
        assertArrayEquals(seal(0, CONTENT), seal(twin, 0, CONTENT));
    }

    @Test
    void noKeyIsShownAsTextOrUsedAfterItWasWiped() {
        assertEquals("SecretOctets[***]", sealer.key().toString());
        sealer.destroy();
        org.junit.jupiter.api.Assertions.assertThrows(IllegalStateException.class, () -> seal(0, CONTENT));
    }

    static void install(FrameOpener opener, FrameSealer sealer, int device, long bootId) {
        byte[] key = new byte[SecretOctets.OCTETS + 1];
        sealer.key().copyTo(key, 1);
        opener.install(device, bootId, key, 1);
    }

    private static FrameOpener opener(FrameSealer sealer) {
        var opener = new FrameOpener(1, 0x11, 3);
        install(opener, sealer, 7, 0x77);
        return opener;
    }

    private long dropped() {
        return Arrays.stream(FrameFate.values())
                .filter(fate -> fate != FrameFate.OK)
                .mapToLong(opener::frames)
                .sum();
    }

    private FrameFate open(int path, byte[] frame) {
        return opener.open(path, frame, 0, frame.length);
    }

    private byte[] seal(int path, byte[] content) {
        return seal(sealer, path, content);
    }

    private static byte[] seal(FrameSealer sealer, int path, byte[] content) {
        int length = sealer.seal(path, STATUS, content, 0, content.length);
        return Arrays.copyOfRange(sealer.buffer(), HEADROOM, HEADROOM + length);
    }
}
