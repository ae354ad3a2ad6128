package net.testudo.element.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.net.ProtocolVersions;
import org.junit.jupiter.api.Test;

/// The parts together, as the engine binds them: handshake, then a stream over sealed frames on a bad link.
class ChannelTest {
    private static final long MS = 1_000_000;
    private static final int BULK = 5;
    private static final int MESSAGES = 5_000;

    private final Member one = new Member(1, 0xa1, 5);
    private final Member two = new Member(2, 0xb1, 5);
    private final ReliableStream out = new ReliableStream(StreamConfig.bulk(1300), one.bootId);
    private final ReliableStream in = new ReliableStream(StreamConfig.bulk(1300), two.bootId);
    private final LossyLink.Faults faults = new LossyLink.Faults(0.1, 0.2, MS / 10, 3 * MS);
    private final LossyLink there = new LossyLink(1, faults);
    private final LossyLink back = new LossyLink(2, faults);
    private final List<Integer> received = new ArrayList<>();

    @Test
    void aStreamOverSealedFramesDeliversInOrderAndReplayedFramesNeverReachIt() {
        var wire = new HandshakeWire(3, faults);
        wire.add(one.association);
        wire.add(two.association);
        one.association.start(2, two.bootId, 0);
        wire.run(5_000 * MS);
        out.reset(one.opener.bootOf(2));
        in.reset(two.opener.bootOf(1));
        int offered = 0;
        long nowNs = wire.nowNs;
        while (!out.isDrained() || offered < MESSAGES) {
            while (offered < MESSAGES && out.offer(message(offered))) {
                offered++;
            }
            turn(nowNs);
            nowNs += MS / 10;
            assertTrue(nowNs - wire.nowNs < 60_000 * MS, "no progress");
        }
        assertEquals(MESSAGES, received.size());
        for (int i = 0; i < MESSAGES; i++) {
            assertEquals(i, received.get(i));
        }
        assertTrue(two.opener.frames(FrameFate.REPLAYED) > 0);
        assertEquals(0, two.opener.frames(FrameFate.ALTERED));
        assertTrue(out.retransmissions() > 0);
    }

    private void turn(long nowNs) {
        deliver(there, two, in, nowNs);
        deliver(back, one, out, nowNs);
        out.doWork(nowNs, (segment, at, length) -> seal(one, there, segment, at, length, nowNs));
        in.doWork(nowNs, (segment, at, length) -> seal(two, back, segment, at, length, nowNs));
    }

    private void deliver(LossyLink link, Member to, ReliableStream stream, long nowNs) {
        link.deliver(nowNs, (frame, at, length) -> {
            if (to.opener.open(0, frame, at, length) == FrameFate.OK && to.opener.messageClass() == BULK) {
                stream.onSegment(
                        to.opener.content(),
                        FrameOpener.AT_CONTENT,
                        to.opener.length(),
                        nowNs,
                        (m, o, l) -> received.add(Octets.getInt(m, o)));
            }
        });
    }

    private static boolean seal(Member from, LossyLink link, byte[] segment, int at, int length, long nowNs) {
        int sealed = from.sealer.seal(0, ProtocolVersions.NEWEST, BULK, segment, at, length);
        return link.send(from.sealer.buffer(), 0, sealed, nowNs);
    }

    private static byte[] message(int number) {
        byte[] message = new byte[100];
        Octets.putInt(message, 0, number);
        return message;
    }
}
