package net.testudo.pcapio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Predicate;

/// The other end of the wire: a packet socket, made without pcap. Sees what the interface receives, not what is
/// sent here.
final class FarEnd implements AutoCloseable {
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final short ETH_P_ALL_BE = 0x0300;
    private static final long LIMIT_NS = 5_000_000_000L;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(65536);
    private final int socket;

    FarEnd(int interfaceIndex) throws Throwable {
        socket = LinuxCalls.socket(AF_PACKET, SOCK_RAW | LinuxCalls.SOCK_CLOEXEC);
        MemorySegment one = arena.allocateFrom(JAVA_INT, 1);
        LibC.call("PACKET_IGNORE_OUTGOING refused", "setsockopt", socket, SOL_PACKET, PACKET_IGNORE_OUTGOING, one, 4);
        MemorySegment address = arena.allocate(20, 4);
        address.set(JAVA_SHORT, 0, (short) AF_PACKET);
        address.set(JAVA_SHORT, 2, ETH_P_ALL_BE);
        address.set(JAVA_INT, 4, interfaceIndex);
        LibC.call("the far end cannot be bound", "bind", socket, address, 20);
    }

    void send(byte[] frame) {
        MemorySegment.copy(frame, 0, buffer, JAVA_BYTE, 0, frame.length);
        int written = LinuxCalls.write(socket, buffer.asSlice(0, frame.length));
        if (written != frame.length) {
            throw new IllegalStateException("the far end could not send: " + written);
        }
    }

    /// Waits for a frame that is wanted; others are left out.
    byte[] receive(Predicate<byte[]> wanted) {
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < LIMIT_NS) {
            byte[] frame = receiveAny(100);
            if (frame.length > 0 && wanted.test(frame)) {
                return frame;
            }
        }
        throw new AssertionError("no such frame arrived at the far end");
    }

    /// The next frame, or an empty array if none came in time.
    byte[] receiveAny(int timeoutMs) {
        MemorySegment wait = arena.allocate(8, 4);
        wait.set(JAVA_INT, 0, socket);
        wait.set(JAVA_SHORT, 4, LinuxCalls.POLLIN);
        if (LinuxCalls.poll(wait, 1, timeoutMs) <= 0) {
            return new byte[0];
        }
        int length = LinuxCalls.read(socket, buffer);
        return length <= 0 ? new byte[0] : buffer.asSlice(0, length).toArray(JAVA_BYTE);
    }

    @Override
    public void close() {
        LinuxCalls.close(socket);
        arena.close();
    }
}
