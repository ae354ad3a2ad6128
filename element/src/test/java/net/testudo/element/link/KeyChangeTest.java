package net.testudo.element.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import net.testudo.element.channel.KeyChange;
import net.testudo.element.net.DeviceSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KeyChangeTest {
    private static final int MEMBERS = 3;
    private static final int AT_CONTROL = 14;
    private static final String RECEIVED = "channel-received-status";
    private static final List<String> DROPS =
            List.of("sealed-wrong-an", "sealed-altered", "sealed-late", "sealed-replayed", "sealed-unknown-sci");

    private final LinkRing ring = new LinkRing(MEMBERS);
    private final LinkRing.Station one = ring.station(1);
    private final LinkRing.Station two = ring.station(2);
    private final LinkRing.Station three = ring.station(3);

    private static long drops(LinkRing.Station station) {
        return DROPS.stream().mapToLong(station::counter).sum();
    }

    /// The newest status that device 1 sent.
    private byte[] newestOfOne() {
        return ring.wire.stream()
                .filter(frame -> frame[11] == 1 && (frame[13] & 0xff) == 0xe5)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static int association(byte[] frame) {
        return frame[AT_CONTROL] & 3;
    }

    private void arrives(LinkRing.Station station, byte[] frame) {
        station.link.onFrame(0, MemorySegment.ofArray(frame), 0, frame.length, ring.nowNs);
    }

    /// Device 1 changes its key once; device 2 hears the last status under the old one later.
    private byte[] changeOnce() {
        ring.run(20);
        one.link.changeKeyAfter(0);
        one.link.doWork(ring.nowNs);
        one.link.changeKeyAfter(KeyChange.FRAMES_MAX);
        two.cut = true;
        one.link.sendStatus(one.status(), ring.nowNs);
        two.cut = false;
        byte[] old = newestOfOne();
        ring.run(4);
        assertEquals(1, one.counter("key-changes"));
        assertEquals(0, association(old));
        assertEquals(1, association(newestOfOne()));
        return old;
    }

    @Test
    void keysChangeAgainAndAgainWithoutALostFrame() {
        ring.run(20);
        long[] before = ring.stations.stream().mapToLong(KeyChangeTest::drops).toArray();
        ring.stations.forEach(station -> station.link.changeKeyAfter(100));
        int count = 300;
        for (int number = 0; number < count; number++) {
            assertTrue(one.link.sendFlowBulk(
                    2, ByteBuffer.allocate(200).putInt(number).array()));
            ring.run(1);
        }
        ring.run(20);
        for (LinkRing.Station station : ring.stations) {
            assertTrue(station.counter("key-changes") >= 3, "device " + station.device);
            assertEquals(before[station.device - 1], drops(station), "device " + station.device);
            assertEquals(MEMBERS - 1, station.sessions);
        }
        List<Integer> received = two.bulk.stream()
                .map(message -> ByteBuffer.wrap(message).getInt())
                .toList();
        assertEquals(IntStream.range(0, count).boxed().toList(), received);
    }

    @Test
    void theOldKeyIsGoodForFramesUnderWayAndThenNoMore() {
        byte[] old = changeOnce();
        long received = two.counter(RECEIVED);
        arrives(two, old);
        assertEquals(received + 1, two.counter(RECEIVED));
        ring.run(300);
        long wrong = two.counter("sealed-wrong-an");
        arrives(two, old);
        assertEquals(wrong + 1, two.counter("sealed-wrong-an"));
    }

    @Test
    void nothingThatWasEverSentIsTakenAgain() {
        ring.run(20);
        one.link.changeKeyAfter(20);
        ring.run(300);
        assertTrue(one.counter("key-changes") > 1);
        long received = three.counter(RECEIVED);
        // Every frame there ever was, handshakes too.
        for (byte[] frame : List.copyOf(ring.wire)) {
            arrives(three, frame);
        }
        assertEquals(received, three.counter(RECEIVED));
    }

    @Test
    void aSilentMemberIsNotWaitedForAndFindsBackWithoutANewSession() {
        ring.run(20);
        three.cut = true;
        one.link.changeKeyAfter(50);
        ring.run(100);
        one.link.changeKeyAfter(KeyChange.FRAMES_MAX);
        ring.run(10);
        assertTrue(one.counter("key-changes") >= 1);
        long received = two.counter(RECEIVED);
        three.cut = false;
        ring.run(50);
        assertTrue(two.counter(RECEIVED) >= received + 100);
        assertTrue(three.counter("sealed-wrong-an") > 0);
        long wrong = three.counter("sealed-wrong-an");
        ring.run(20);
        assertEquals(wrong, three.counter("sealed-wrong-an"));
        assertEquals(MEMBERS - 1, three.sessions);
        assertEquals(MEMBERS - 1, one.sessions);
    }

    /// Devices 1 and 2 learn that device 3 was taken out.
    private void takeOutThree() {
        ring.run(20);
        ring.trust(one, DeviceSet.of(3));
        ring.trust(two, DeviceSet.of(3));
    }

    @Test
    @Tag("JON-16")
    void whoWasTakenOutCannotReadWhatIsSentLater() {
        takeOutThree();
        ring.run(4);
        assertEquals(1, association(newestOfOne()));
        long received = three.counter(RECEIVED);
        int before = ring.wire.size();
        ring.run(20);
        // Device 3 holds its own key, its secrets, all transmit keys up to then, and a copy of each frame.
        for (byte[] frame : List.copyOf(ring.wire.subList(before, ring.wire.size()))) {
            arrives(three, frame);
        }
        assertEquals(received, three.counter(RECEIVED));
    }

    @Test
    @Tag("NON-01")
    void whoWasTakenOutIsHeardNoMoreAndIsToldSo() {
        takeOutThree();
        ring.run(4);
        List<Long> received = List.of(one.counter(RECEIVED), two.counter(RECEIVED));
        ring.run(50);
        // From each other, and nothing from device 3.
        assertEquals(received.get(0) + 50, one.counter(RECEIVED));
        assertEquals(received.get(1) + 50, two.counter(RECEIVED));
        assertTrue(three.revokedBy.containsAll(List.of(1, 2)), three.revokedBy::toString);
        assertEquals(MEMBERS - 1, one.sessions);
    }

    @Test
    void takingADeviceOutCostsTheOthersNoFrame() {
        ring.run(20);
        long drops = drops(one) + drops(two);
        three.cut = true;
        ring.trust(one, DeviceSet.of(3));
        ring.run(1);
        ring.trust(two, DeviceSet.of(3));
        ring.run(50);
        assertEquals(1, one.counter("key-changes"));
        assertEquals(1, two.counter("key-changes"));
        assertEquals(drops, drops(one) + drops(two));
        assertEquals(MEMBERS - 1, one.sessions);
    }

    @Test
    void whoIsTakenOutDuringAChangeOfKeysDoesNotHaveTheKeyAfterIt() {
        ring.run(20);
        one.link.changeKeyAfter(0);
        one.link.doWork(ring.nowNs);
        one.link.changeKeyAfter(KeyChange.FRAMES_MAX);
        takeOutThree();
        ring.run(20);
        assertEquals(2, one.counter("key-changes"));
        assertEquals(2, association(newestOfOne()));
    }
}
