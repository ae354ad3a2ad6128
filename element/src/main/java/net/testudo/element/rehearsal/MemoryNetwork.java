package net.testudo.element.rehearsal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import net.testudo.element.net.MacAddress;
import net.testudo.element.port.FrameSink;
import net.testudo.element.port.PacketPort;
import net.testudo.element.port.PortCounters;

/// A network on which every frame reaches every other port.
final class MemoryNetwork {
    private static final int MTU_OCTETS = 1_600;
    private static final int QUEUE_FRAMES_MAX = 4_096;

    private final List<Port> ports = new ArrayList<>();

    Port attach(String name, long mac) {
        Port port = new Port(name, new MacAddress(mac));
        ports.add(port);
        return port;
    }

    /// One port.
    final class Port implements PacketPort {
        private final String name;
        private final MacAddress mac;
        private final ArrayDeque<byte[]> received = new ArrayDeque<>();
        private boolean open = true;

        Port(String name, MacAddress mac) {
            this.name = name;
            this.mac = mac;
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
                byte[] frame = received.remove();
                sink.onFrame(MemorySegment.ofArray(frame), 0, frame.length);
                count++;
            }
            return count;
        }

        @Override
        public boolean send(MemorySegment buffer, long offset, int length) {
            for (Port port : ports) {
                if (port.mac.bits() != mac.bits() && port.open && open && port.received.size() < QUEUE_FRAMES_MAX) {
                    port.received.add(buffer.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
                }
            }
            return open;
        }

        @Override
        public void flush() {
            // A frame is at its receivers when it was sent.
        }

        @Override
        public int discard() {
            int count = received.size();
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
