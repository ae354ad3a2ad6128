package net.testudo.element.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.testudo.element.net.ProtocolVersions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JoinTest {
    private static final long MS = 1_000_000;
    private static final LossyLink.Faults CLEAN = new LossyLink.Faults(0, 0, MS / 10, MS / 10);
    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Side master = new Side();
    private final JoinInitiator initiator =
            new JoinInitiator(new SeededEntropy(1), "M1", 0xa1, ProtocolVersions.OWN, master);

    @Tag("JON-02")
    @Test
    void masterAndDeviceGetASealedSession() {
        Side device = new Side();
        HandshakeWire wire = wire(CLEAN, responder("D2", 0xb1, KEY, device));
        assertTrue(initiator.start("D2", 0xb1, KEY, wire.nowNs));
        assertFalse(initiator.start("D2", 0xb1, KEY, wire.nowNs));
        wire.run(1000 * MS);
        PairSession atMaster = master.only();
        PairSession atDevice = device.only();
        assertEquals("D2", atMaster.peerSerial());
        assertEquals(0xb1, atMaster.peerBootId());
        assertEquals("M1", atDevice.peerSerial());
        assertEquals(atMaster.id(), atDevice.id());
        assertCarries(atMaster, atDevice);
        assertCarries(atDevice, atMaster);
    }

    @Test
    void aSessionRefusesReplayReflectionAndChange() {
        Side device = new Side();
        HandshakeWire wire = wire(CLEAN, responder("D2", 0xb1, KEY, device));
        initiator.start("D2", 0xb1, KEY, wire.nowNs);
        wire.run(1000 * MS);
        byte[] frame = sealed(master.only());
        assertEquals(FrameFate.UNKNOWN_SCI, master.only().open(frame, 0, frame.length));
        for (int bit = 0; bit < 8 * frame.length; bit++) {
            frame[bit / 8] ^= (byte) (1 << bit % 8);
            assertNotEquals(FrameFate.OK, device.only().open(frame, 0, frame.length), "bit " + bit);
            frame[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertEquals(FrameFate.OK, device.only().open(frame, 0, frame.length));
        assertEquals(FrameFate.REPLAYED, device.only().open(frame, 0, frame.length));
        assertEquals(
                FrameFate.UNKNOWN_SCI, new FrameOpener(1, 1, 1, ProtocolVersions.OWN).open(0, frame, 0, frame.length));
    }

    @Tag("JON-02")
    @Test
    void withAWrongKeyTheMasterLearnsTheReasonAndNeitherGetsASession() {
        Side device = new Side();
        JoinResponder responder = responder("D2", 0xb1, "another key 4567".getBytes(StandardCharsets.US_ASCII), device);
        HandshakeWire wire = wire(CLEAN, responder);
        initiator.start("D2", 0xb1, KEY, wire.nowNs);
        wire.run(10_000 * MS);
        assertEquals(List.of("WRONG_KEY D2 b1"), master.failures);
        assertTrue(device.sessions.isEmpty() && master.sessions.isEmpty());
        assertTrue(responder.frames(HandshakeFate.WRONG_KEY) > 0);
        assertTrue(wire.seen.stream().allMatch(f -> HandshakeFrame.type(f) != HandshakeFrame.RESPONSE));
        assertTrue(initiator.start("D2", 0xb1, KEY, wire.nowNs));
    }

    @Test
    void aDeviceThatIsNotThereIsReported() {
        HandshakeWire wire = wire(CLEAN);
        initiator.start("D2", 0xb1, KEY, wire.nowNs);
        wire.run(10_000 * MS);
        assertEquals(List.of("NO_ANSWER D2 b1"), master.failures);
    }

    @Test
    void ofTwoDevicesWithOneSerialNumberOnlyTheChosenBootAnswers() {
        Side chosen = new Side();
        Side other = new Side();
        HandshakeWire wire = wire(CLEAN, responder("D2", 0xb1, KEY, chosen), responder("D2", 0xc1, KEY, other));
        initiator.start("D2", 0xb1, KEY, wire.nowNs);
        wire.run(1000 * MS);
        assertTrue(other.sessions.isEmpty());
        assertCarries(master.only(), chosen.only());
        initiator.start("D2", 0xc1, KEY, wire.nowNs);
        wire.run(2000 * MS);
        assertNotEquals(chosen.only().id(), other.only().id());
        byte[] frame = sealed(master.sessions.getLast());
        assertEquals(FrameFate.UNKNOWN_SCI, chosen.only().open(frame, 0, frame.length));
        assertEquals(FrameFate.OK, other.only().open(frame, 0, frame.length));
    }

    @Test
    void overABadLinkTheJoinCompletesOrEndsCleanly() {
        int joined = 0;
        for (long seed = 1; seed <= 40; seed++) {
            Side masterSide = new Side();
            Side device = new Side();
            var wire = new HandshakeWire(seed, new LossyLink.Faults(0.3, 0.3, MS / 10, 100 * MS));
            var joining = new JoinInitiator(new SeededEntropy(seed), "M1", 0xa1, ProtocolVersions.OWN, masterSide);
            JoinResponder responder = responder("D2", 0xb1, KEY, device);
            wire.add(joining);
            wire.add(responder);
            joining.start("D2", 0xb1, KEY, wire.nowNs);
            wire.run(20_000 * MS);
            assertEquals(1, masterSide.sessions.size() + masterSide.failures.size(), "seed " + seed);
            assertEquals(0, responder.halfOpen());
            if (!masterSide.sessions.isEmpty()) {
                assertCarries(masterSide.only(), device.only());
                joined++;
            }
        }
        assertTrue(joined >= 36, "joined " + joined);
    }

    @Test
    void aMasterWithoutTheKeyOfADeviceDoesNotAnswerIt() {
        Side foreignSide = new Side();
        var foreign = new JoinInitiator(new SeededEntropy(4), "D2", 0xb1, ProtocolVersions.OWN, foreignSide);
        HandshakeWire wire = wire(CLEAN);
        wire.add(foreign);
        foreign.start("M1", 0xa1, KEY, wire.nowNs);
        wire.run(10_000 * MS);
        assertTrue(initiator.frames(HandshakeFate.NOT_EXPECTED) > 0);
        assertEquals(List.of("NO_ANSWER M1 a1"), foreignSide.failures);
    }

    @Test
    void keysThatAreNoneAreRefused() {
        assertFalse(initiator.start("D2", 0xb1, new byte[15], 0));
        assertFalse(initiator.start("", 0xb1, KEY, 0));
        assertFalse(initiator.start("D\u00e9", 0xb1, KEY, 0));
        assertThrows(IllegalArgumentException.class, () -> responder("D2", 0xb1, new byte[15], new Side()));
    }

    private static void assertCarries(PairSession from, PairSession to) {
        byte[] frame = sealed(from);
        assertEquals(FrameFate.OK, to.open(frame, 0, frame.length));
        assertArrayEquals(
                "configuration".getBytes(StandardCharsets.US_ASCII),
                Arrays.copyOfRange(to.content(), FrameOpener.AT_CONTENT, FrameOpener.AT_CONTENT + to.length()));
    }

    private static byte[] sealed(PairSession session) {
        byte[] content = "configuration".getBytes(StandardCharsets.US_ASCII);
        int length = session.seal(7, content, 0, content.length);
        return Arrays.copyOf(session.buffer(), length);
    }

    private static JoinResponder responder(String serial, long bootId, byte[] key, Side side) {
        return new JoinResponder(new SeededEntropy(bootId), serial, bootId, ProtocolVersions.OWN, key, side);
    }

    private HandshakeWire wire(LossyLink.Faults faults, JoinResponder... responders) {
        var wire = new HandshakeWire(1, faults);
        wire.add(initiator);
        for (JoinResponder responder : responders) {
            wire.add(responder);
        }
        return wire;
    }

    private static final class Side implements JoinListener {
        final List<PairSession> sessions = new ArrayList<>();
        final List<String> failures = new ArrayList<>();

        PairSession only() {
            return sessions.getFirst();
        }

        @Override
        public void onJoinSession(PairSession session) {
            sessions.add(session);
        }

        @Override
        public void onJoinFailed(String serial, long bootId, HandshakeFailure failure) {
            failures.add(failure + " " + serial + " " + Long.toHexString(bootId));
        }
    }
}
