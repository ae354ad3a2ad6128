package net.testudo.element.rehearsal;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import net.testudo.element.net.MacAddress;
import net.testudo.element.port.FrameSink;
import net.testudo.element.port.PacketPort;
import net.testudo.element.port.PortCounters;

/// A network on which every frame reaches every other port. Its frames are used again and again, so that what is
/// measured on it is the engines' own.
final class MemoryNetwork {
    private static final int MTU_OCTETS = 1_600;
    private static final int FRAME_OCTETS_MAX = MTU_OCTETS + 18;
    private static final int QUEUE_FRAMES_MAX = 4_096;

    private final List<Port> ports = new ArrayList<>();
    private final ArrayDeque<Frame> free = new ArrayDeque<>();

    /// A frame under way.
    private static final class Frame {
        final MemorySegment octets = MemorySegment.ofArray(new byte[FRAME_OCTETS_MAX]);
        int length;
    }

    private boolean cut;
    private long frames;

    /// Frames that were sent so far.
    long frames() {
        return frames;
    }

    /// Whether frames are lost without anybody noticing.
    void cut(boolean isCut) {
        cut = isCut;
    }

    Port attach(String name, long mac) {
        Port port = new Port(name, new MacAddress(mac));
        ports.add(port);
        return port;
    }

    /// One port.
    final class Port implements PacketPort {
        private final String name;
        private final MacAddress mac;
        private final ArrayDeque<Frame> received = new ArrayDeque<>();
        private boolean open = true;

        Port(String name, MacAddress mac) {
            this.name = name;
            this.mac = mac;
        }

        /// Received frames that were not polled yet.
        int waiting() {
            return received.size();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public MacAddress mac() {
            return mac;
        }

        @Override
        public int mtuOctets() {
            return MTU_OCTETS;
        }

        @Override
        public boolean carrier() {
            return open;
        }

        @Override
        public int poll(FrameSink sink, int limit) {
            int count = 0;
            while (count < limit && !received.isEmpty()) {
                Frame frame = received.remove();
                sink.onFrame(frame.octets, 0, frame.length);
                free.add(frame);
                count++;
            }
            return count;
        }

        @Override
        public boolean send(MemorySegment buffer, long offset, int length) {
            boolean taken = open && length <= FRAME_OCTETS_MAX;
            frames += taken ? 1 : 0;
            for (int i = 0; taken && !cut && i < ports.size(); i++) {
                Port port = ports.get(i);
                if (port.mac.bits() != mac.bits() && port.open && port.received.size() < QUEUE_FRAMES_MAX) {
                    Frame frame = free.isEmpty() ? new Frame() : free.remove();
                    MemorySegment.copy(buffer, offset, frame.octets, 0, length);
                    frame.length = length;
                    port.received.add(frame);
                }
            }
            return taken;
        }

        @Override
        public void flush() {
            // A frame is at its receivers when it was sent.
        }

        @Override
        public int discard() {
            int count = received.size();
            free.addAll(received);
            received.clear();
            return count;
        }

        @Override
        public PortCounters counters() {
            return PortCounters.ZERO;
        }

        @Override
        public void close() {
            open = false;
            received.clear();
        }
    }
}
