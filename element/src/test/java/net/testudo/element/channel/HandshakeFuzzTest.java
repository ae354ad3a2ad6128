package net.testudo.element.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.IntFunction;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.Fuzz;
import org.junit.jupiter.api.Test;

/// Random and mutated frames at each stage of both handshakes: none is accepted, each is counted, none ends in keys.
class HandshakeFuzzTest {
    private static final long MS = 1_000_000;
    private static final LossyLink.Faults CLEAN = new LossyLink.Faults(0, 0, MS / 10, MS / 10);
    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /// A handshake that is under way takes so many frames, 5 ms one after the other, which is not its end yet.
    private static final int FRAMES_EACH = 500;

    /// A device at some stage of a handshake.
    private interface Target {
        HandshakeFate onFrame(byte[] frame, long nowNs);

        void doWork(long nowNs);

        /// Frames that were counted, whatever their fate.
        long counted();

        /// What came of handshakes: keys, sessions, failures.
        List<String> outcomes();
    }

    @Test
    void mutatedFramesNeverAssociate() {
        var one = new Member(1, 0xa1, 5);
        var two = new Member(2, 0xb1, 5);
        HandshakeWire wire = new HandshakeWire(1, CLEAN);
        wire.add(one.association);
        wire.add(two.association);
        one.association.start(2, 0xb1, 0);
        wire.run(1000 * MS);
        check(List.copyOf(wire.seen), stage -> target(AssociationTest.receiverAfter(wire.seen, stage)));
    }

    @Test
    void mutatedFramesNeverJoin() {
        List<byte[]> good = new ArrayList<>();
        Join first = new Join();
        for (byte[] frame = first.next(); frame != null; frame = first.next()) {
            good.add(frame);
        }
        assertEquals(List.of("session M1", "session D2"), first.outcomes);
        check(good, stage -> {
            Join join = new Join();
            for (int i = 0; i < stage; i++) {
                join.next();
            }
            return target(join, stage % 2 == 0);
        });
    }

    @Test
    void aJoinSessionTakesNoMutatedFrame() {
        Join join = new Join();
        while (join.next() != null) {
            // Until both have their session.
        }
        PairSession near = join.sessions.getFirst();
        PairSession far = join.sessions.getLast();
        byte[] content = new byte[100];
        Fuzz.run(
                (_, random) -> {
                    byte[] good = sealed(near, content);
                    return unlike(good, Fuzz.any(new byte[][] {good}, random));
                },
                (_, frame) -> {
                    FrameFate fate = far.open(frame, 0, frame.length);
                    assertNotEquals(FrameFate.OK, fate);
                    assertEquals(0, far.length());
                    assertTrue(far.frames(fate) > 0);
                });
        byte[] good = sealed(near, content);
        assertEquals(FrameFate.OK, far.open(good, 0, good.length));
    }

    private static void check(List<byte[]> good, IntFunction<Target> stages) {
        assertEquals(4, good.size());
        byte[][] samples = good.toArray(byte[][]::new);
        EnumSet<HandshakeFate> seen = EnumSet.noneOf(HandshakeFate.class);
        Target[] target = new Target[1];
        Fuzz.run(
                (number, random) -> {
                    byte[] expected = samples[number / FRAMES_EACH % samples.length];
                    boolean matters = random.nextBoolean();
                    return unlike(expected, Fuzz.any(matters ? new byte[][] {expected} : samples, random));
                },
                (number, frame) -> {
                    if (number % FRAMES_EACH == 0) {
                        target[0] = stages.apply(number / FRAMES_EACH % samples.length);
                    }
                    Target receiver = target[0];
                    long nowNs = number % FRAMES_EACH * 5L * MS;
                    long counted = receiver.counted();
                    HandshakeFate fate = receiver.onFrame(frame, nowNs);
                    receiver.doWork(nowNs);
                    seen.add(fate);
                    assertNotEquals(HandshakeFate.ACCEPTED, fate);
                    assertEquals(counted + 1, receiver.counted());
                    assertEquals(List.of(), receiver.outcomes());
                });
        Fuzz.expect(seen.size() >= 7, seen.toString());
    }

    /// The mutant, unless it says what the genuine frame says: then that one, cut off.
    private static byte[] unlike(byte[] genuine, byte[] mutant) {
        return Arrays.equals(genuine, Arrays.copyOf(mutant, genuine.length))
                ? Arrays.copyOf(genuine, genuine.length - 1)
                : mutant;
    }

    private static byte[] sealed(PairSession session, byte[] content) {
        int length = session.seal(7, content, 0, content.length);
        return Arrays.copyOf(session.buffer(), length);
    }

    private static Target target(Member member) {
        return new Target() {
            @Override
            public HandshakeFate onFrame(byte[] frame, long nowNs) {
                return member.association.onFrame(frame, 0, frame.length, nowNs);
            }

            @Override
            public void doWork(long nowNs) {
                member.association.doWork(nowNs, (to, answer) -> {});
            }

            @Override
            public long counted() {
                return Arrays.stream(HandshakeFate.values())
                        .mapToLong(member.association::frames)
                        .sum();
            }

            @Override
            public List<String> outcomes() {
                return member.reports;
            }
        };
    }

    private static Target target(Join join, boolean device) {
        return new Target() {
            @Override
            public HandshakeFate onFrame(byte[] frame, long nowNs) {
                return device
                        ? join.responder.onFrame(frame, 0, frame.length, nowNs)
                        : join.initiator.onFrame(frame, 0, frame.length, nowNs);
            }

            @Override
            public void doWork(long nowNs) {
                join.initiator.doWork(nowNs, (to, answer) -> {});
                join.responder.doWork(nowNs, (to, answer) -> {});
            }

            @Override
            public long counted() {
                return Arrays.stream(HandshakeFate.values())
                        .mapToLong(fate -> device ? join.responder.frames(fate) : join.initiator.frames(fate))
                        .sum();
            }

            @Override
            public List<String> outcomes() {
                // The device has its session one frame before the master.
                return device || join.outcomes.size() != 1 ? join.outcomes : List.of();
            }
        };
    }

    /// A master and a device, from whose handshake one frame after the other is taken.
    private static final class Join implements JoinListener {
        final List<String> outcomes = new ArrayList<>();
        final List<PairSession> sessions = new ArrayList<>();
        final JoinInitiator initiator = new JoinInitiator(new SeededEntropy(1), "M1", 0xa1, ProtocolVersions.OWN, this);
        final JoinResponder responder =
                new JoinResponder(new SeededEntropy(2), "D2", 0xb1, ProtocolVersions.OWN, KEY, this);
        private int delivered;

        Join() {
            initiator.start("D2", 0xb1, KEY, 0);
        }

        /// Delivers the next frame; null if there is none.
        byte @org.jspecify.annotations.Nullable [] next() {
            byte[][] sent = new byte[1][];
            if (delivered % 2 == 0) {
                initiator.doWork(0, (to, frame) -> sent[0] = frame.clone());
            } else {
                responder.doWork(0, (to, frame) -> sent[0] = frame.clone());
            }
            byte[] frame = sent[0];
            if (frame == null) {
                return null;
            }
            HandshakeFate fate = delivered++ % 2 == 0
                    ? responder.onFrame(frame, 0, frame.length, 0)
                    : initiator.onFrame(frame, 0, frame.length, 0);
            assertEquals(HandshakeFate.ACCEPTED, fate);
            return frame;
        }

        @Override
        public void onJoinSession(PairSession session) {
            sessions.add(session);
            outcomes.add("session " + session.peerSerial());
        }

        @Override
        public void onJoinFailed(String serial, long bootId, HandshakeFailure failure) {
            outcomes.add(failure + " " + serial);
        }
    }
}
