package net.testudo.element.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.testudo.element.net.ProtocolVersions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssociationTest {
    private static final long MS = 1_000_000;
    private static final LossyLink.Faults CLEAN = new LossyLink.Faults(0, 0, MS / 10, MS / 10);

    private final Member one = new Member(1, 0xa1, 5);
    private final Member two = new Member(2, 0xb1, 5);

    @Test
    void membersHearEachOtherAfterTheHandshakeAndNotBefore() {
        assertEquals(FrameFate.UNKNOWN_SCI, one.heardBy(two));
        HandshakeWire wire = wire(1, CLEAN, one, two);
        assertTrue(one.association.start(2, 0xb1, wire.nowNs));
        assertFalse(one.association.start(2, 0xb1, wire.nowNs));
        wire.run(1000 * MS);
        assertTrue(one.hears(two) && two.hears(one));
        assertEquals(List.of("associated 2 b1"), one.reports);
        assertEquals(List.of("associated 1 a1"), two.reports);
        assertEquals(4, wire.seen.size());
        assertEquals(0, one.association.halfOpen() + two.association.halfOpen());
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1, 2", "0.3, 0.3, 60", "0.5, 0.2, 300", "0.9, 0.0, 1"})
    void overABadLinkTheHandshakeCompletesOrEndsCleanly(double loss, double duplication, long delayMaxMs) {
        int completed = 0;
        for (long seed = 1; seed <= 50; seed++) {
            var a = new Member(1, 0xa1, 5);
            var b = new Member(2, 0xb1, 5);
            HandshakeWire wire = wire(seed, new LossyLink.Faults(loss, duplication, MS / 10, delayMaxMs * MS), a, b);
            a.association.start(2, 0xb1, wire.nowNs);
            if (seed % 2 == 0) {
                b.association.start(1, 0xa1, wire.nowNs);
            }
            wire.run(20_000 * MS);
            assertEquals(0, a.association.halfOpen() + b.association.halfOpen(), "seed " + seed);
            assertFalse(a.reports.isEmpty(), "seed " + seed);
            if (a.reports.stream().anyMatch(r -> r.startsWith("associated"))) {
                assertTrue(a.hears(b) && b.hears(a), "seed " + seed);
                completed++;
            } else {
                assertTrue(a.reports.getFirst().matches("(NO_ANSWER|NOT_CONFIRMED) 2 b1"), a.reports.getFirst());
            }
        }
        assertTrue(loss > 0.8 || completed >= 45, "completed " + completed);
    }

    @Test
    void whenBothStartTheLowerDevicesAttemptGoesOn() {
        HandshakeWire wire = wire(1, CLEAN, one, two);
        one.association.start(2, 0xb1, wire.nowNs);
        two.association.start(1, 0xa1, wire.nowNs);
        wire.run(10_000 * MS);
        assertEquals(List.of("associated 2 b1"), one.reports);
        assertEquals(List.of("associated 1 a1"), two.reports);
        assertTrue(one.association.frames(HandshakeFate.OWN_ATTEMPT_WINS) > 0);
        assertTrue(one.hears(two) && two.hears(one));
    }

    @Test
    void aRestartedPeerReplacesItsKeyOnlyByItsOwnHandshake() {
        associate(one, two);
        var again = new Member(2, 0xb2, 5);
        assertEquals(FrameFate.UNKNOWN_SCI, again.heardBy(one));
        assertTrue(one.hears(two));
        HandshakeWire wire = wire(2, CLEAN, one, again);
        again.association.start(1, 0xa1, wire.nowNs);
        wire.run(1000 * MS);
        assertTrue(one.hears(again) && again.hears(one));
        assertEquals(FrameFate.UNKNOWN_SCI, two.heardBy(one));
    }

    @Test
    void aStrangerWithAnotherKeyIsToldSoAndChangesNothing() {
        associate(one, two);
        var stranger = new Member(2, 0xe1, 6);
        HandshakeWire wire = wire(3, CLEAN, one, stranger);
        stranger.association.start(1, 0xa1, wire.nowNs);
        wire.run(10_000 * MS);
        assertEquals(List.of("WRONG_KEY 1 a1"), stranger.reports);
        assertEquals(List.of("associated 2 b1"), one.reports);
        assertTrue(one.association.frames(HandshakeFate.WRONG_KEY) > 0);
        assertTrue(one.hears(two));
    }

    @Test
    void aReplayedHandshakeGainsNothing() {
        HandshakeWire wire = wire(1, CLEAN, one, two);
        one.association.start(2, 0xb1, wire.nowNs);
        wire.run(1000 * MS);
        byte[] content = new byte[10];
        int length = one.sealer.seal(0, ProtocolVersions.NEWEST, 1, content, 0, 10);
        byte[] frame = Arrays.copyOf(one.sealer.buffer(), length);
        assertEquals(FrameFate.OK, two.opener.open(0, frame, 0, length));
        for (int round = 0; round < 3; round++) {
            for (byte[] old : List.copyOf(wire.seen)) {
                wire.inject(old);
            }
            wire.run(wire.nowNs + 7_000 * MS);
        }
        assertEquals(1, one.reports.size());
        assertEquals(1, two.reports.size());
        assertEquals(FrameFate.REPLAYED, two.opener.open(0, frame, 0, length));
        assertEquals(0, two.association.halfOpen());
    }

    @Test
    void framesOfAnEarlierBootAreForNobody() {
        HandshakeWire wire = wire(1, CLEAN, one, two);
        one.association.start(2, 0xb1, wire.nowNs);
        wire.run(1000 * MS);
        var again = new Member(2, 0xb2, 5);
        for (byte[] old : wire.seen) {
            assertEquals(HandshakeFate.NOT_FOR_US, again.association.onFrame(old, 0, old.length, 0));
        }
    }

    @Test
    void anotherVersionIsRefusedAndTheInitiatorLearnsWhy() {
        HandshakeWire wire = wire(1, CLEAN, one);
        one.association.start(2, 0xb1, wire.nowNs);
        wire.run(MS);
        byte[] hello = wire.seen.getFirst().clone();
        hello[0] = HandshakeFrame.VERSION + 1;
        List<byte[]> answers = new ArrayList<>();
        assertEquals(HandshakeFate.VERSION_NOT_SUPPORTED, two.association.onFrame(hello, 0, hello.length, 0));
        two.association.doWork(0, (to, frame) -> answers.add(frame));
        assertEquals(1, answers.size());
        wire.inject(answers.getFirst());
        wire.run(10_000 * MS);
        assertEquals(List.of("VERSION_NOT_SUPPORTED 2 b1"), one.reports);
    }

    private static HandshakeParty party(int device, long bootId) {
        return HandshakeParty.association(device, bootId, ProtocolVersions.OWN);
    }

    @Test
    void aMemberOneVersionAwayIsAssociatedWith() {
        var older = new Member(3, 0xc1, 5, new ProtocolVersions(ProtocolVersions.NEWEST - 1));
        HandshakeWire wire = wire(1, CLEAN, one, older);
        older.association.start(1, 0xa1, wire.nowNs);
        wire.run(1000 * MS);
        assertEquals(List.of("associated 3 c1"), one.reports);
        assertEquals(List.of("associated 1 a1"), older.reports);
        assertEquals(FrameFate.VERSION_NOT_SUPPORTED, one.heardBy(older));
        assertEquals(FrameFate.OK, older.heardBy(one));
    }

    @Test
    void aMemberTwoVersionsAwayIsRefusedByBothSides() {
        for (boolean starts : new boolean[] {true, false}) {
            var own = new Member(1, 0xa1, 5);
            var later = new Member(3, 0xc1, 5, new ProtocolVersions(ProtocolVersions.NEWEST + 2));
            HandshakeWire wire = wire(1, CLEAN, own, later);
            (starts ? own : later).association.start(starts ? 3 : 1, starts ? 0xc1 : 0xa1, wire.nowNs);
            wire.run(10_000 * MS);
            Member initiator = starts ? own : later;
            Member responder = starts ? later : own;
            assertTrue(initiator.reports.getLast().startsWith("VERSION_NOT_SUPPORTED"));
            assertTrue(responder.reports.getFirst().startsWith("refused " + initiator.device));
            assertEquals(FrameFate.UNKNOWN_SCI, own.heardBy(later));
            assertEquals(FrameFate.UNKNOWN_SCI, later.heardBy(own));
        }
    }

    /// Versions that somebody else writes into a frame make it another one.
    @Test
    void whatADeviceSaysOfItsVersionsIsAuthentic() {
        HandshakeWire wire = wire(1, CLEAN, one);
        one.association.start(2, 0xb1, wire.nowNs);
        wire.run(MS);
        byte[] hello = wire.seen.getFirst().clone();
        assertEquals(ProtocolVersions.NEWEST, HandshakeFrame.spoken(hello).newest());
        hello[3] = 1;
        assertEquals(HandshakeFate.WRONG_KEY, two.association.onFrame(hello, 0, hello.length, 0));
    }

    @Test
    void forgedAnswersDoNotEndAnAttempt() {
        HandshakeWire wire = wire(1, CLEAN, one, two);
        one.association.start(2, 0xb1, wire.nowNs);
        wire.run(MS / 20);
        byte[] hello = wire.seen.getFirst();
        int length = HandshakeFrame.HEADER_OCTETS + X25519.OCTETS + Association.PAYLOAD_OCTETS + AesGcm.TAG_OCTETS;
        byte[] response = HandshakeFrame.create(
                HandshakeFrame.RESPONSE, party(2, 0xb1), 0xa1, HandshakeFrame.attempt(hello), length);
        response[40] = 9;
        wire.inject(response);
        wire.inject(HandshakeFrame.refusal(
                HandshakeFrame.create(HandshakeFrame.HELLO, party(1, 0xa1), 0xb1, HandshakeFrame.attempt(hello), 30),
                0xb1,
                HandshakeFailure.WRONG_KEY));
        wire.run(1000 * MS);
        assertEquals(1, one.association.frames(HandshakeFate.WRONG_KEY));
        assertEquals(1, one.association.frames(HandshakeFate.REFUSAL));
        assertEquals(List.of("associated 2 b1"), one.reports);
    }

    @Test
    void bootIdsThatAreOnlyClaimedDoNotEndTheRealAttemptAndAreBounded() {
        HandshakeWire wire = wire(1, CLEAN, one, two);
        assertTrue(one.association.start(2, 0xb1, wire.nowNs));
        for (int claimed = 1; claimed <= 10; claimed++) {
            assertEquals(claimed <= 3, one.association.start(2, claimed, wire.nowNs));
        }
        wire.run(10_000 * MS);
        assertEquals("associated 2 b1", one.reports.getFirst());
        assertEquals(4, one.reports.size());
        assertTrue(one.hears(two) && two.hears(one));
    }

    @Test
    void whoKnowsOnlyTheOldKeyOfADeviceDoesNotAssociateWithIt() {
        associate(one, two);
        one.association.destroy();
        var renewed = new Member(1, 0xa1, 7);
        assertEquals(FrameFate.UNKNOWN_SCI, two.heardBy(renewed));
        HandshakeWire wire = wire(4, CLEAN, renewed, two);
        two.association.start(1, 0xa1, wire.nowNs);
        wire.run(10_000 * MS);
        assertEquals("WRONG_KEY 1 a1", two.reports.getLast());
        assertEquals(FrameFate.UNKNOWN_SCI, two.heardBy(renewed));
    }

    @Test
    void aRemovedDeviceIsNotHeardAnyMore() {
        associate(one, two);
        one.association.remove(2);
        assertEquals(FrameFate.UNKNOWN_SCI, two.heardBy(one));
    }

    @Test
    void everyMemberOfALargeClusterFindsEveryOther() {
        List<Member> members = new ArrayList<>();
        for (int device = 1; device <= 12; device++) {
            members.add(new Member(device, 0x100 + device, 5));
        }
        HandshakeWire wire = wire(9, new LossyLink.Faults(0.05, 0.05, MS / 10, MS), members.toArray(Member[]::new));
        for (Member a : members) {
            for (Member b : members) {
                a.association.start(b.device, b.bootId, wire.nowNs);
            }
        }
        wire.run(5_000 * MS);
        for (Member a : members) {
            for (Member b : members) {
                assertTrue(a == b || a.hears(b), a.device + " does not hear " + b.device);
            }
        }
    }

    @Test
    void aFloodOfHellosCostsABoundedNumberOfAgreementsAndHalfOpenHandshakes() {
        int accepted = 0;
        for (int i = 0; i < 300; i++) {
            var peer = new Member(3, 0x1000 + i, 5);
            List<byte[]> hello = new ArrayList<>();
            peer.association.start(1, 0xa1, 0);
            peer.association.doWork(0, (to, frame) -> hello.add(frame));
            HandshakeFate fate = one.association.onFrame(hello.getFirst(), 0, hello.getFirst().length, i * 10L * MS);
            accepted += fate == HandshakeFate.ACCEPTED ? 1 : 0;
        }
        assertEquals(64, accepted);
        assertEquals(64, one.association.halfOpen());
        assertTrue(one.association.frames(HandshakeFate.TOO_MANY_HALF_OPEN) > 0);
        one.association.doWork(10_000 * MS, (to, frame) -> {});
        assertEquals(0, one.association.halfOpen());
    }

    @Test
    void hellosThatComeTooFastAreRateLimited() {
        for (int i = 0; i < 50; i++) {
            var peer = new Member(3, 0x1000 + i, 5);
            peer.association.start(1, 0xa1, 0);
            peer.association.doWork(0, (to, frame) -> one.association.onFrame(frame, 0, frame.length, 0));
        }
        assertEquals(18, one.association.frames(HandshakeFate.RATE_LIMITED));
    }

    @Test
    void noFlippedBitIsAccepted() {
        HandshakeWire wire = wire(1, CLEAN, one, two);
        one.association.start(2, 0xb1, wire.nowNs);
        wire.run(1000 * MS);
        List<byte[]> good = List.copyOf(wire.seen);
        assertEquals(4, good.size());
        for (int index = 0; index < good.size(); index++) {
            Member receiver = receiverAfter(good, index);
            byte[] frame = good.get(index).clone();
            long nowNs = 0;
            for (int bit = 0; bit < 8 * frame.length; bit++) {
                nowNs += 5 * MS; // no faster than key agreements are granted
                frame[bit / 8] ^= (byte) (1 << bit % 8);
                HandshakeFate fate = receiver.association.onFrame(frame, 0, frame.length, nowNs);
                assertNotEquals(HandshakeFate.ACCEPTED, fate, "frame " + index + " bit " + bit);
                assertNotEquals(HandshakeFate.RATE_LIMITED, fate, "frame " + index + " bit " + bit);
                frame[bit / 8] ^= (byte) (1 << bit % 8);
            }
            assertTrue(receiver.reports.isEmpty());
            assertEquals(HandshakeFate.ACCEPTED, receiver.association.onFrame(frame, 0, frame.length, nowNs));
        }
    }

    @Test
    void theSameSeedsGiveTheSameOctets() {
        List<List<byte[]>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            var a = new Member(1, 0xa1, 5);
            var b = new Member(2, 0xb1, 5);
            HandshakeWire wire = wire(1, CLEAN, a, b);
            a.association.start(2, 0xb1, wire.nowNs);
            wire.run(1000 * MS);
            runs.add(wire.seen);
        }
        for (int i = 0; i < runs.getFirst().size(); i++) {
            assertArrayEquals(runs.getFirst().get(i), runs.getLast().get(i));
        }
    }

    @Test
    void theRehearsalOpensAllItsFrames() {
        assertEquals(2_000, Rehearsal.run(new SeededEntropy(1)));
    }

    /// The member that takes the frame at `index`, fresh and with the same seeds, after all frames before that.
    static Member receiverAfter(List<byte[]> good, int index) {
        var a = new Member(1, 0xa1, 5);
        var b = new Member(2, 0xb1, 5);
        a.association.start(2, 0xb1, 0);
        for (int i = 0; i < index; i++) {
            Member receiver = i % 2 == 0 ? b : a;
            assertEquals(HandshakeFate.ACCEPTED, receiver.association.onFrame(good.get(i), 0, good.get(i).length, 0));
        }
        return index % 2 == 0 ? b : a;
    }

    private static void associate(Member a, Member b) {
        HandshakeWire wire = wire(1, CLEAN, a, b);
        a.association.start(b.device, b.bootId, wire.nowNs);
        wire.run(1000 * MS);
        assertTrue(a.hears(b) && b.hears(a));
    }

    private static HandshakeWire wire(long seed, LossyLink.Faults faults, Member... members) {
        var wire = new HandshakeWire(seed, faults);
        for (Member member : members) {
            wire.add(member.association);
        }
        return wire;
    }
}
