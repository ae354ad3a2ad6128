package net.testudo.pcapio;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import net.testudo.element.port.PacketPort;

/// Frames for tests, and a duty cycle that waits for them.
final class Frames {
    static final int ETHER_TYPE = 0x88b5;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(10);

    /// Released by the wake-up of a port under test.
    final Semaphore wakeUps = new Semaphore(0);

    /// A numbered broadcast frame of the cluster's EtherType, so that it passes every filter.
    static byte[] numbered(int number, int length) {
        ByteBuffer frame = ByteBuffer.allocate(length);
        frame.putLong(0, 0xffff_ffff_ffff_0200L).putInt(8, 0x0000_0001);
        frame.putShort(12, (short) ETHER_TYPE).putInt(14, number);
        for (int i = 18; i < length; i++) {
            frame.put(i, (byte) (number + i));
        }
        return frame.array();
    }

    /// The number of such a frame, or -1 if it is another.
    static int number(byte[] frame) {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        return frame.length >= 18 && Short.toUnsignedInt(buffer.getShort(12)) == ETHER_TYPE ? buffer.getInt(14) : -1;
    }

    static boolean send(PacketPort port, byte[] frame) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, frame);
            boolean sent = port.send(segment, 0, frame.length);
            port.flush();
            return sent;
        }
    }

    /// The frame that a sink is handed.
    static byte[] octets(MemorySegment buffer, long offset, int length) {
        return buffer.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /// Polls until so many numbered frames came; what the kernel sends of itself is left out.
    List<byte[]> receive(PacketPort port, int count) {
        return receive(port, count, frame -> number(frame) >= 0);
    }

    /// Polls until so many frames came that are wanted.
    List<byte[]> receive(PacketPort port, int count, Predicate<byte[]> wanted) {
        List<byte[]> frames = new ArrayList<>();
        await(() -> {
            port.poll(
                    (buffer, offset, length) -> {
                        byte[] frame = octets(buffer, offset, length);
                        if (wanted.test(frame)) {
                            frames.add(frame);
                        }
                    },
                    64);
            return frames.size() >= count;
        });
        return frames;
    }

    /// Waits, woken by the port, until something holds.
    void await(BooleanSupplier condition) {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > LIMIT_NS) {
                throw new AssertionError("did not come true in time");
            }
            try {
                if (wakeUps.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
