package net.testudo.element.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.Fuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SealedFrameTest {
    private static final int STATUS = 3;
    private static final byte[] CONTENT = new byte[100];

    static {
        new SplittableRandom(1).nextBytes(CONTENT);
    }

    private final FrameSealer sealer = new FrameSealer(new SeededEntropy(1), 7, 0x77);
    private final FrameOpener opener = opener(sealer);

    @Test
    void aSealedFrameIsOpened() {
        byte[] frame = seal(2, CONTENT);
        assertEquals(FrameFate.OK, open(2, frame));
        assertArrayEquals(CONTENT, opened());
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
    void emptyAndLargestContentsWork() {
        assertEquals(FrameFate.OK, open(0, seal(0, new byte[0])));
        assertEquals(0, opener.length());
        assertEquals(FrameFate.OK, open(0, seal(0, new byte[FrameSealer.CONTENT_OCTETS_MAX])));
        assertEquals(FrameSealer.CONTENT_OCTETS_MAX, opener.length());
    }

    @Test
    void aShortFrameMayBePaddedAndALongOneNot() {
        for (int length = 0; length < 60; length++) {
            boolean isShort = length + SealedFrame.INNER_OCTETS < 48;
            byte[] frame = seal(0, new byte[length]);
            assertEquals(isShort ? length + SealedFrame.INNER_OCTETS : 0, frame[15]);
            assertEquals(isShort ? FrameFate.OK : FrameFate.ALTERED, open(0, Arrays.copyOf(frame, frame.length + 9)));
            assertEquals(isShort ? FrameFate.REPLAYED : FrameFate.OK, open(0, frame), length + " octets");
        }
    }

    @Test
    void theFormIsThatOf8021AE() {
        byte[] frame = seal(1, new byte[] {1, 2, 3});
        String header = HexFormat.of().formatHex(frame, 12, 28);
        assertEquals("88e5" + "2c" + "09" + "00000001" + "1e00000000000077", header);
        assertEquals(28 + 6 + 3 + 16, frame.length);
    }

    @Test
    void theSealIsGcmAesXpn256() throws GeneralSecurityException {
        byte[] frame = seal(2, CONTENT);
        byte[] sak = new byte[Sak.OCTETS];
        sealer.sak().copyTo(sak, 0);
        // Short identifier 3 of the third path, packet number 1, both covered with the salt.
        byte[] nonce = Arrays.copyOfRange(sak, 36, 48);
        nonce[3] ^= 3;
        nonce[11] ^= 1;
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(sak, 4, 32, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(frame, 0, 28);
        byte[] inner = cipher.doFinal(frame, 28, frame.length - 28);
        assertEquals("88b5" + "02" + "03" + "0064", HexFormat.of().formatHex(inner, 0, 6));
        assertArrayEquals(CONTENT, Arrays.copyOfRange(inner, 6, inner.length));
    }

    @Test
    void framesOfOtherUsersOf8021AEAreTold() {
        byte[] frame = seal(0, CONTENT);
        for (int control : new int[] {0x0c, 0x20, 0x28, 0x3c, 0x6c, 0xac}) {
            frame[14] = (byte) control;
            assertEquals(FrameFate.FOREIGN, open(0, frame), "control " + control);
        }
        frame[14] = 0x2c;
        frame[20] ^= 2; // a MAC address that is not locally administered
        assertEquals(FrameFate.FOREIGN, open(0, frame));
        frame[20] ^= 2;
        frame[14] |= 1;
        assertEquals(FrameFate.WRONG_AN, open(0, frame));
    }

    @Test
    void packetNumbersGoOnBehindTheHalfThatTravels() {
        long start = (1L << 32) - 3;
        var far = new FrameOpener(1, 0x11, 3, ProtocolVersions.OWN);
        var counting = new FrameSealer(sealer.sak(), 7, 0x77, start - 1);
        install(far, counting, start);
        byte[] last = new byte[0];
        for (int i = 0; i < 10; i++) {
            last = seal(counting, 0, CONTENT);
            assertEquals(FrameFate.OK, far.open(0, last, 0, last.length), "frame " + i);
        }
        assertEquals(6, last[19]);
        assertEquals(FrameFate.REPLAYED, far.open(0, last, 0, last.length));
    }

    @Test
    void aReceiverThatWasAwayForAllNumbersOfOneHalfCatchesUpByTheNextHandshake() {
        long start = 5L << 32;
        var counting = new FrameSealer(sealer.sak(), 7, 0x77, start);
        byte[] frame = seal(counting, 0, CONTENT);
        assertEquals(FrameFate.ALTERED, open(0, frame));
        install(opener, counting, start + 1);
        assertEquals(FrameFate.OK, open(0, frame));
    }

    @Test
    void whatWasSealedBeforeTheKeyWasHandedOutIsLate() {
        byte[] recorded = seal(0, CONTENT);
        var newcomer = new FrameOpener(2, 0x22, 3, ProtocolVersions.OWN);
        install(newcomer, sealer, sealer.sealedFrames() + 1);
        assertEquals(FrameFate.LATE, newcomer.open(0, recorded, 0, recorded.length));
        byte[] fresh = seal(0, CONTENT);
        assertEquals(FrameFate.OK, newcomer.open(0, fresh, 0, fresh.length));
    }

    @Test
    void aKeyThatWasReplacedDoesNotComeBack() {
        byte[] first = new byte[Sak.OCTETS];
        byte[] second = new byte[Sak.OCTETS];
        sealer.sak().copyTo(first, 0);
        byte[] old = seal(0, CONTENT);
        assertEquals(FrameFate.OK, open(0, old));
        sealer.prepare(new SeededEntropy(4)).copyTo(second, 0);
        sealer.change();
        opener.install(7, 0x77, second, 0, 1);
        assertEquals(FrameFate.OK, open(0, seal(0, CONTENT)));
        opener.doWork(0);
        opener.doWork(999_999_999L);
        assertEquals(FrameFate.REPLAYED, open(0, old));
        opener.doWork(1_000_000_000L);
        assertEquals(FrameFate.WRONG_AN, open(0, old));
        opener.install(7, 0x77, first, 0, 1);
        assertEquals(FrameFate.WRONG_AN, open(0, old));
        assertEquals(FrameFate.OK, open(0, seal(0, CONTENT)));
    }

    @Test
    void keyMessagesThatAreNoneThrowNothing() {
        Member member = new Member(1, 0x11, 5);
        var change =
                new KeyChange(member.sealer, member.opener, member.association, new SeededEntropy(6), (_, _) -> true);
        change.start(DeviceSet.of(2), 0);
        int[] malformed = new int[1];
        Fuzz.run((_, random) -> Fuzz.any(new byte[][] {{2, 0, 0, 0, 1}}, random), (_, message) -> {
            malformed[0] += change.onMessage(2, message) ? 0 : 1;
            open(0, seal(0, CONTENT));
        });
        Fuzz.expect(malformed[0] > Fuzz.FRAMES / 4 && malformed[0] < Fuzz.FRAMES, malformed[0] + " malformed");
        // One of them said that the key was taken, so nobody is waited for.
        assertTrue(change.doWork(DeviceSet.of(2), 0));
    }

    @Test
    void theAddressesAreAuthentic() {
        sealer.buffer()[5] = 9;
        byte[] frame = seal(0, CONTENT);
        frame[5] = 8;
        assertEquals(FrameFate.ALTERED, open(0, frame));
        frame[5] = 9;
        assertEquals(FrameFate.OK, open(0, frame));
    }

    @Test
    void aFrameInNativeMemoryIsOpened() {
        byte[] frame = seal(1, CONTENT);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(200);
            MemorySegment.copy(MemorySegment.ofArray(frame), 0, memory, 5, frame.length);
            assertEquals(FrameFate.OK, opener.open(1, memory, 5, frame.length));
        }
        assertArrayEquals(CONTENT, opened());
    }

    @Tag("JON-04")
    @Test
    void aReplayedFrameIsRefusedOnItsPathAndOnEveryOther() {
        byte[] frame = seal(1, CONTENT);
        assertEquals(FrameFate.OK, open(1, frame));
        assertEquals(FrameFate.REPLAYED, open(1, frame));
        assertEquals(FrameFate.ALTERED, open(0, frame));
        assertEquals(FrameFate.ALTERED, open(2, frame));
        assertEquals(1, opener.frames(FrameFate.REPLAYED));
        assertEquals(2, opener.frames(FrameFate.ALTERED));
    }

    @Test
    void aFrameBehindTheWindowIsRefused() {
        byte[] old = seal(0, CONTENT);
        byte[] newest = old;
        for (int i = 0; i < ReplayWindow.NUMBERS; i++) {
            newest = seal(0, CONTENT);
        }
        assertEquals(FrameFate.OK, open(0, newest));
        assertEquals(FrameFate.LATE, open(0, old));
    }

    @Test
    void installingTheSameKeyAgainKeepsTheReplayWindow() {
        byte[] frame = seal(0, CONTENT);
        assertEquals(FrameFate.OK, open(0, frame));
        install(opener, sealer, 1);
        assertEquals(FrameFate.REPLAYED, open(0, frame));
    }

    @Test
    void afterARestartOnlyTheNewBootIsHeard() {
        byte[] old = seal(0, CONTENT);
        var restarted = new FrameSealer(new SeededEntropy(2), 7, 0x78);
        byte[] fresh = seal(restarted, 0, CONTENT);
        assertEquals(FrameFate.UNKNOWN_SCI, open(0, fresh));
        assertEquals(0x78, opener.bootId());
        install(opener, restarted, 1);
        assertEquals(FrameFate.OK, open(0, fresh));
        assertEquals(FrameFate.UNKNOWN_SCI, open(0, old));
        assertEquals(0x78, opener.bootOf(7));
    }

    @Test
    void strangersOwnFramesAndRemovedDevicesAreTold() {
        var own = new FrameSealer(new SeededEntropy(3), 1, 0x11);
        assertEquals(FrameFate.OWN_FRAME, open(0, seal(own, 0, CONTENT)));
        var impostor = new FrameSealer(new SeededEntropy(3), 1, 0x12);
        assertEquals(FrameFate.UNKNOWN_SCI, open(0, seal(impostor, 0, CONTENT)));
        var stranger = new FrameSealer(new SeededEntropy(3), 63, 0x77);
        assertEquals(FrameFate.UNKNOWN_SCI, open(0, seal(stranger, 0, CONTENT)));
        opener.remove(7);
        assertEquals(FrameFate.UNKNOWN_SCI, open(0, seal(0, CONTENT)));
        assertEquals(0, opener.bootOf(7));
    }

    @Test
    void aForeignKeyIsRefused() {
        var forger = new FrameSealer(new SeededEntropy(9), 7, 0x77);
        assertEquals(FrameFate.ALTERED, open(0, seal(forger, 0, CONTENT)));
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
        var twin = new FrameSealer(new SeededEntropy(1), 7, 0x77);
        assertArrayEquals(seal(0, CONTENT), seal(twin, 0, CONTENT));
    }

    @Test
    void noKeyIsShownAsTextOrUsedAfterItWasWiped() {
        assertEquals("SecretOctets[***]", sealer.sak().key().toString());
        sealer.destroy();
        org.junit.jupiter.api.Assertions.assertThrows(IllegalStateException.class, () -> seal(0, CONTENT));
    }

    private static FrameOpener opener(FrameSealer sealer) {
        var opener = new FrameOpener(1, 0x11, 3, ProtocolVersions.OWN);
        install(opener, sealer, 1);
        return opener;
    }

    private static void install(FrameOpener opener, FrameSealer sealer, long nextNumber) {
        byte[] sak = new byte[Sak.OCTETS];
        sealer.sak().copyTo(sak, 0);
        opener.install(sealer.device(), sealer.bootId(), sak, 0, nextNumber);
    }

    private byte[] opened() {
        return Arrays.copyOfRange(opener.content(), FrameOpener.AT_CONTENT, FrameOpener.AT_CONTENT + opener.length());
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
        int length = sealer.seal(path, ProtocolVersions.NEWEST, STATUS, content, 0, content.length);
        return Arrays.copyOf(sealer.buffer(), length);
    }
}
