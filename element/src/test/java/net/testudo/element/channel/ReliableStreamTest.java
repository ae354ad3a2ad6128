package net.testudo.element.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import net.testudo.element.wire.Fuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReliableStreamTest {
    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final LossyLink.Faults CLEAN = new LossyLink.Faults(0, 0, 50 * US, 50 * US);
    private static final StreamConfig CONFIG = new StreamConfig(2, 700, 128, 1 << 16, 1 << 22);

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0, 50, 50, 3000",
        "0.01, 0.0, 50, 60, 3000",
        "0.1, 0.1, 10, 900, 3000",
        "0.4, 0.3, 10, 5000, 1000",
        "0.0, 0.9, 0, 20000, 1000",
        "0.0, 0.0, 400000, 500000, 300",
        "0.9, 0.0, 50, 100, 60",
    })
    @Tag("FRM-11")
    @Tag("BKP-03")
    void everyMessageArrivesOnceAndInOrderOverALinkThatLosesRepeatsAndReorders(
            double loss, double duplication, long delayMinUs, long delayMaxUs, int messages) {
        var faults = new LossyLink.Faults(loss, duplication, delayMinUs * US, delayMaxUs * US);
        for (long seed = 1; seed <= 10; seed++) {
            var pair = new StreamPair(seed, CONFIG, faults);
            var random = new SplittableRandom(seed);
            List<byte[]> fromA = messages(random, messages);
            List<byte[]> fromB = messages(random, messages / 3);
            int offeredA = 0;
            int offeredB = 0;
            while (pair.atB.size() < fromA.size() || pair.atA.size() < fromB.size() || !pair.a.isDrained()) {
                while (offeredA < fromA.size() && pair.a.offer(fromA.get(offeredA))) {
                    offeredA++;
                }
                while (offeredB < fromB.size() && pair.b.offer(fromB.get(offeredB))) {
                    offeredB++;
                }
                pair.turn();
                assertTrue(pair.elapsedNs() < 900_000 * MS, "seed " + seed + ": no progress");
            }
            assertSame(fromA, pair.atB);
            assertSame(fromB, pair.atA);
        }
    }

    @Test
    void aCleanLinkNeedsNoRetransmission() {
        var pair = new StreamPair(1, CONFIG, CLEAN);
        List<byte[]> sent = messages(new SplittableRandom(1), 2000);
        sent.forEach(pair.a::offer);
        while (!pair.a.isDrained()) {
            pair.turn();
        }
        assertEquals(0, pair.a.retransmissions());
        assertEquals(sent.size(), pair.b.deliveredMessages());
        assertTrue(pair.a.roundTripNs() >= 100 * US && pair.a.roundTripNs() < MS, "round trip " + pair.a.roundTripNs());
    }

    @Test
    void smallMessagesShareASegment() {
        var pair = new StreamPair(1, CONFIG, CLEAN);
        for (int i = 0; i < 60; i++) {
            pair.a.offer(new byte[100]);
        }
        while (!pair.a.isDrained()) {
            pair.turn();
        }
        assertEquals(10, pair.toB.sent());
    }

    @Test
    void theLargestMessageArrivesAndALargerOneIsRefused() {
        StreamConfig config = StreamConfig.control(1400);
        var pair = new StreamPair(1, config, new LossyLink.Faults(0.02, 0.02, 10 * US, 200 * US));
        byte[] largest = new byte[config.messageOctetsMax()];
        new SplittableRandom(7).nextBytes(largest);
        assertTrue(pair.a.offer(largest));
        assertFalse(pair.a.offer(new byte[config.messageOctetsMax() + 1]));
        while (pair.atB.isEmpty()) {
            pair.turn();
        }
        assertArrayEquals(largest, pair.atB.getFirst());
        assertEquals(1, pair.a.refusedMessages());
    }

    @Test
    void aFullQueueRefusesAndTakesAgainWhenTheLinkHeals() {
        var pair = new StreamPair(1, CONFIG, new LossyLink.Faults(1, 0, 0, 0));
        int taken = 0;
        while (pair.a.offer(new byte[1000])) {
            taken++;
        }
        assertEquals((1 << 22) / 1032, taken);
        long end = pair.nowNs + 3_000 * MS;
        while (pair.nowNs - end < 0) {
            pair.turn();
        }
        assertTrue(pair.toB.sent() < 1000, "sent into the void: " + pair.toB.sent());
        pair.toB.faults(CLEAN);
        pair.toA.faults(CLEAN);
        long healedNs = pair.nowNs;
        while (!pair.a.isDrained()) {
            pair.turn();
        }
        assertEquals(taken, pair.atB.size());
        assertTrue(pair.nowNs - healedNs < 400 * MS, "took " + (pair.nowNs - healedNs));
        assertTrue(pair.a.offer(new byte[1000]));
    }

    @Test
    void segmentsOfAnEarlierSessionAreDroppedAndCounted() {
        var pair = new StreamPair(1, CONFIG, CLEAN);
        pair.a.offer("old".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        pair.a.doWork(pair.nowNs, (o, at, l) -> pair.toB.send(o, at, l, pair.elapsedNs()));
        assertTrue(pair.b.reset(0xa2));
        for (int i = 0; i < 5; i++) {
            pair.turn();
        }
        assertTrue(pair.atB.isEmpty());
        assertTrue(pair.b.segments(SegmentFate.WRONG_SESSION) > 0);
        assertFalse(pair.b.reset(0xa2));
    }

    @Test
    void aRestartedPeerStartsAfresh() {
        var pair = new StreamPair(1, CONFIG, CLEAN);
        List<byte[]> sent = messages(new SplittableRandom(1), 50);
        sent.forEach(pair.a::offer);
        while (!pair.a.isDrained()) {
            pair.turn();
        }
        var restarted = new ReliableStream(CONFIG, 0xb2);
        restarted.reset(StreamPair.BOOT_A);
        pair.a.reset(0xb2);
        pair.a.offer(new byte[] {1});
        List<byte[]> received = new ArrayList<>();
        pair.a.doWork(pair.nowNs, (o, at, l) -> {
            restarted.onSegment(o, at, l, pair.nowNs, (m, mo, ml) -> received.add(Arrays.copyOfRange(m, mo, mo + ml)));
            return true;
        });
        assertEquals(1, received.size());
        assertArrayEquals(new byte[] {1}, received.getFirst());
    }

    @Test
    void aClosedStreamTakesAndSendsNothing() {
        var stream = new ReliableStream(CONFIG, 5);
        assertFalse(stream.offer(new byte[1]));
        assertEquals(0, stream.doWork(0, (o, at, l) -> true));
        assertEquals(
                SegmentFate.WRONG_SESSION, stream.onSegment(dataSegment(), 0, dataSegment().length, 0, (m, o, l) -> {
                    throw new AssertionError("delivered");
                }));
    }

    @Test
    void aRefusedTransmissionIsTriedAgain() {
        var pair = new StreamPair(1, CONFIG, CLEAN);
        pair.a.offer(new byte[10]);
        assertEquals(0, pair.a.doWork(pair.nowNs, (o, at, l) -> false));
        long againNs = pair.a.nextDeadlineNs(pair.nowNs);
        assertTrue(againNs - pair.nowNs > 0 && againNs - pair.nowNs < MS);
        assertEquals(1, pair.a.doWork(againNs, (o, at, l) -> true));
        assertEquals(0, pair.a.retransmissions());
    }

    @Test
    void theSessionMayEndWhileAMessageIsHandled() {
        var pair = new StreamPair(1, CONFIG, CLEAN);
        pair.a.offer(new byte[] {1});
        pair.a.offer(new byte[] {2});
        int[] delivered = new int[1];
        pair.a.doWork(0, (o, at, l) -> {
            pair.b.onSegment(o, at, l, 0, (m, mo, ml) -> {
                delivered[0]++;
                pair.b.reset(0);
            });
            return true;
        });
        assertEquals(1, delivered[0]);
        assertEquals(0, pair.b.doWork(0, (o, at, l) -> true));
    }

    @Test
    void aPeerThatContinuesAMessageItNeverBeganEndsTheStream() {
        var stream = open();
        byte[] segment = dataSegment();
        Octets.putShort(segment, Segment.HEADER_OCTETS, 4 | Segment.RECORD_LAST);
        assertEquals(SegmentFate.STREAM_FAILED, stream.onSegment(segment, 0, segment.length, 0, (m, o, l) -> {}));
        assertTrue(stream.failed());
        assertFalse(stream.offer(new byte[1]));
        assertEquals(0, stream.doWork(0, (o, at, l) -> true));
        assertTrue(stream.reset(0xcc));
        assertTrue(stream.offer(new byte[1]));
    }

    @Test
    void eachMalformedSegmentHasItsReason() {
        assertEquals(SegmentFate.ACCEPTED, fate(dataSegment()));
        assertEquals(SegmentFate.WRONG_LENGTH, fate(new byte[Segment.HEADER_OCTETS - 1]));
        assertEquals(SegmentFate.WRONG_LENGTH, fate(Arrays.copyOf(dataSegment(), dataSegment().length + 1)));
        assertEquals(SegmentFate.VERSION_NOT_SUPPORTED, fate(changed(0, 2)));
        assertEquals(SegmentFate.WRONG_STREAM, fate(changed(1, 3)));
        assertEquals(SegmentFate.MALFORMED, fate(changed(2, 3)));
        assertEquals(SegmentFate.WRONG_SESSION, fate(changed(15, 9)));
        assertEquals(SegmentFate.WRONG_SESSION, fate(changed(23, 9)));
        assertEquals(SegmentFate.BEYOND_WINDOW, fate(changed(30, 1)));
        assertEquals(SegmentFate.WRONG_ACKNOWLEDGEMENT, fate(changed(39, 1)));
        assertEquals(SegmentFate.MALFORMED, fate(changed(Segment.HEADER_OCTETS + 1, 3)));
    }

    @Test
    void randomAndMutatedSegmentsNeverThrowAndEachIsCounted() {
        EnumSet<SegmentFate> seen = EnumSet.noneOf(SegmentFate.class);
        byte[][] segments = {dataSegment(), acknowledgement()};
        Fuzz.run((_, random) -> Fuzz.any(segments, random), (_, segment) -> {
            ReliableStream stream = open();
            assertTrue(stream.offer(new byte[900]));
            stream.doWork(0, (o, at, l) -> true);
            SegmentFate fate = stream.onSegment(segment, 0, segment.length, 0, (m, o, l) -> {});
            seen.add(fate);
            assertEquals(1, stream.segments(fate));
            stream.doWork(0, (o, at, l) -> true);
        });
        Fuzz.expect(seen.size() >= 8, seen.toString());
    }

    /// What came before stays: each segment finds the stream as the one before it left it.
    @Test
    void aStreamSurvivesMutatedSegmentsOneAfterTheOther() {
        ReliableStream[] stream = {open()};
        Fuzz.run(
                (_, random) -> Fuzz.any(new byte[][] {dataSegment(), acknowledgement()}, random), (number, segment) -> {
                    if (stream[0].failed() || number % 100 == 0) {
                        stream[0] = open();
                    }
                    stream[0].offer(new byte[number % 1000]);
                    stream[0].onSegment(segment, 0, segment.length, number * 1000L, (m, o, l) -> {});
                    stream[0].doWork(number * 1000L, (o, at, l) -> true);
                });
    }

    private static byte[] acknowledgement() {
        byte[] segment = new byte[Segment.HEADER_OCTETS + 16];
        Segment.putSession(segment, 2, 128, StreamPair.BOOT_A, StreamPair.BOOT_B);
        Segment.putPayload(segment, false, 0, 0);
        Segment.putExpected(segment, 1, 2);
        segment[Segment.HEADER_OCTETS + 7] = 2;
        return segment;
    }

    private static SegmentFate fate(byte[] segment) {
        return open().onSegment(segment, 0, segment.length, 0, (m, o, l) -> {});
    }

    private static ReliableStream open() {
        var stream = new ReliableStream(new StreamConfig(2, 700, 64, 1000, 2000), StreamPair.BOOT_B);
        stream.reset(StreamPair.BOOT_A);
        return stream;
    }

    private static byte[] changed(int at, int value) {
        byte[] segment = dataSegment();
        segment[at] = (byte) value;
        return segment;
    }

    private static byte[] dataSegment() {
        byte[] segment = new byte[Segment.HEADER_OCTETS + Segment.RECORD_HEAD_OCTETS + 4];
        Segment.putSession(segment, 2, 128, StreamPair.BOOT_A, StreamPair.BOOT_B);
        Segment.putPayload(segment, true, 0, Segment.RECORD_HEAD_OCTETS + 4);
        Segment.putExpected(segment, 0, 0);
        Octets.putShort(segment, Segment.HEADER_OCTETS, 4 | Segment.RECORD_FIRST | Segment.RECORD_LAST);
        return segment;
    }

    private static List<byte[]> messages(SplittableRandom random, int count) {
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] message = new byte[random.nextInt(20) == 0 ? random.nextInt(8000) : random.nextInt(200)];
            random.nextBytes(message);
            messages.add(message);
        }
        return messages;
    }

    private static void assertSame(List<byte[]> expected, List<byte[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), "message " + i);
        }
    }
}
