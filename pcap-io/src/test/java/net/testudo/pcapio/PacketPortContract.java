package net.testudo.pcapio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.testudo.element.port.PacketPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What every packet port promises, whatever carries its frames.
@ExtendWith(OwnNetworkNamespace.class)
abstract class PacketPortContract {
    private static final int MARKER = 1_000_000;

    final Frames frames = new Frames();

    /// A port under test with the far end of its wire.
    record Rig(LinkWatch links, PacketPort port, FarEnd farEnd) implements AutoCloseable {
        @Override
        public void close() {
            farEnd.close();
            port.close();
            links.close();
        }
    }

    abstract Rig open(Runnable wakeUp) throws Throwable;

    /// Whether frames come by a thread of the port, which a test can hold up.
    boolean hasReaderThread() {
        return true;
    }

    /// How many frames wait in the port's own queue at most.
    abstract int queueFrames();

    private Rig open() throws Throwable {
        Rig rig = open(frames.wakeUps::release);
        frames.await(rig.port()::carrier);
        return rig;
    }

    @Test
    void framesArriveWholeAndInOrder() throws Throwable {
        try (Rig rig = open()) {
            for (int i = 0; i < 200; i++) {
                rig.farEnd().send(Frames.numbered(i, 60 + i * 7));
            }
            List<byte[]> received = frames.receive(rig.port(), 200);
            for (int i = 0; i < 200; i++) {
                assertArrayEquals(Frames.numbered(i, 60 + i * 7), received.get(i), "frame " + i);
            }
            assertEquals(0, rig.port().counters().receiveDrops());
            assertTrue(rig.port().counters().receivedFrames() >= 200);
        }
    }

    @Test
    void framesThatAreSentArriveAtTheFarEnd() throws Throwable {
        try (Rig rig = open()) {
            for (int i = 0; i < 100; i++) {
                assertTrue(Frames.send(rig.port(), Frames.numbered(i, 60 + i * 14)));
            }
            for (int i = 0; i < 100; i++) {
                byte[] received = rig.farEnd().receive(frame -> Frames.number(frame) >= 0);
                assertArrayEquals(Frames.numbered(i, 60 + i * 14), received, "frame " + i);
            }
            assertEquals(100, rig.port().counters().sentFrames());
            assertEquals(0, rig.port().counters().sendDrops());
        }
    }

    @Test
    void ownFramesAreNotSeen() throws Throwable {
        try (Rig rig = open()) {
            for (int i = 0; i < 50; i++) {
                Frames.send(rig.port(), Frames.numbered(i, 100));
            }
            rig.farEnd().send(Frames.numbered(MARKER, 100));
            List<byte[]> received = frames.receive(rig.port(), 1);
            assertEquals(1, received.size());
            assertEquals(MARKER, Frames.number(received.getFirst()));
        }
    }

    @Test
    void aVlanTagStandsInTheFrameAsOnTheWire() throws Throwable {
        try (Rig rig = open()) {
            byte[] plain = Frames.numbered(7, 100);
            byte[] tagged = ByteBuffer.allocate(104)
                    .put(plain, 0, 12)
                    .putInt(0x8100_6005)
                    .put(plain, 12, 88)
                    .array();
            rig.farEnd().send(tagged);
            List<byte[]> received = frames.receive(rig.port(), 1, frame -> frame.length == tagged.length);
            assertArrayEquals(tagged, received.getFirst());
        }
    }

    @Test
    void framesBeyondTheQueueAreDroppedAndCounted() throws Throwable {
        try (Rig rig = open()) {
            int excess = 100;
            for (int i = 0; i < queueFrames() + excess; i++) {
                rig.farEnd().send(Frames.numbered(i, 60));
            }
            frames.await(() -> rig.port().counters().receiveDrops() > 0);
            List<byte[]> received = frames.receive(rig.port(), queueFrames() - excess);
            for (int i = 0; i < received.size(); i++) {
                assertEquals(i, Frames.number(received.get(i)), "the oldest frames are kept, in order");
            }
            assertTrue(received.size() <= queueFrames());
        }
    }

    @Test
    void aPortThatWasDownWorksAgain() throws Throwable {
        try (Rig rig = open()) {
            SystemCommand.run("ip", "link", "set", "dev", rig.port().name(), "down");
            frames.await(() -> !rig.port().carrier());
            assertFalse(Frames.send(rig.port(), Frames.numbered(1, 60)));
            assertEquals(1, rig.port().counters().sendDrops());
            SystemCommand.run("ip", "link", "set", "dev", rig.port().name(), "up");
            frames.await(rig.port()::carrier);
            frames.await(() -> {
                frames.receive(rig.port(), 0);
                return Frames.send(rig.port(), Frames.numbered(2, 60));
            });
            assertEquals(2, Frames.number(rig.farEnd().receive(frame -> Frames.number(frame) >= 0)));
            frames.await(() -> {
                rig.farEnd().send(Frames.numbered(3, 60));
                return !frames.receive(rig.port(), 0).isEmpty();
            });
        }
    }

    @Test
    void discardDropsWhatPiledUpInQueueAndKernel() throws Throwable {
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Runnable stallingWakeUp = () -> {
            frames.wakeUps.release();
            if (Thread.currentThread().getName().startsWith("port-")) {
                stalled.countDown();
                awaitQuietly(goOn);
            }
        };
        try (Rig rig = open(stallingWakeUp)) {
            frames.await(rig.port()::carrier);
            rig.farEnd().send(Frames.numbered(0, 60));
            if (hasReaderThread()) {
                stalled.await();
            }
            for (int i = 1; i < 300; i++) {
                rig.farEnd().send(Frames.numbered(i, 60));
            }
            discard(rig.port(), 300);
            goOn.countDown();
            rig.farEnd().send(Frames.numbered(MARKER, 60));
            List<byte[]> received = frames.receive(rig.port(), 1);
            assertEquals(1, received.size());
            assertEquals(MARKER, Frames.number(received.getFirst()));
            assertTrue(rig.port().counters().receivedFrames() >= 301, "discarded frames are counted as received");
        }
    }

    /// What a reader thread brings later is discarded too, so it is done once then.
    private void discard(PacketPort port, int sent) {
        int first = port.discard();
        assertTrue(first >= 1);
        if (!hasReaderThread()) {
            int[] discarded = {first};
            frames.await(() -> (discarded[0] += port.discard()) == sent);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
