package net.testudo.pcapio;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import net.testudo.element.port.PortCounters;

/// A packet socket on one interface (packet(7)): promiscuous, own frames left out, its received frames in a
/// [ReceiveRing], what is sent collected in a [TransmitBatch]. Used by one thread.
final class PacketSocket implements AutoCloseable {
    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_RX_RING = 5;
    private static final int PACKET_STATISTICS = 6;
    private static final int PACKET_VERSION = 10;
    private static final int PACKET_RESERVE = 12;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int TPACKET_V2 = 1;
    private static final short PACKET_MR_PROMISC = 1;
    private static final short ETH_P_ALL_BIG_ENDIAN = 0x0300;
    private static final int MEMBERSHIP_OCTETS = 16;
    private static final int ADDRESS_OCTETS = 20;
    private static final int STATISTICS_OCTETS = 8;
    /// Room for the frames that a network card has not sent yet.
    private static final int SEND_BUFFER_OCTETS = 4 << 20;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment statistics = arena.allocate(STATISTICS_OCTETS, 4);
    private final MemorySegment statisticsOctets = arena.allocate(JAVA_INT);
    private final int index;
    private final int descriptor;
    private final ReceiveRing ring;
    private final TransmitBatch transmit;
    private long ringDrops;

    /// Nothing is received before all is set and the socket is bound.
    private PacketSocket(LinkState link, Traffic traffic, int frameOctets, TransmitCounters sent)
            throws RefusedException {
        index = link.index();
        descriptor = LinuxCalls.socket(LinuxCalls.AF_PACKET, LinuxCalls.SOCK_RAW | LinuxCalls.SOCK_CLOEXEC);
        boolean complete = false;
        try {
            RefusedException.check(descriptor, "socket");
            set(PACKET_VERSION, arena.allocateFrom(JAVA_INT, TPACKET_V2));
            set(PACKET_RESERVE, arena.allocateFrom(JAVA_INT, ReceiveRing.RESERVED_OCTETS));
            set(PACKET_IGNORE_OUTGOING, arena.allocateFrom(JAVA_INT, 1));
            set(LinuxCalls.SOL_SOCKET, SO_ATTACH_FILTER, SocketFilter.program(traffic, link.mac(), arena));
            MemorySegment sendBuffer = arena.allocateFrom(JAVA_INT, SEND_BUFFER_OCTETS);
            LinuxCalls.setOption(descriptor, LinuxCalls.SOL_SOCKET, SO_SNDBUFFORCE, sendBuffer);
            RingShape shape = RingShape.forFrames(frameOctets);
            set(PACKET_RX_RING, shape.request(arena));
            MemorySegment mapped = LinuxCalls.map(descriptor, shape.octets(), arena);
            if (mapped == null) {
                throw new RefusedException("mmap", 0);
            }
            ring = new ReceiveRing(mapped, shape);
            set(PACKET_ADD_MEMBERSHIP, promiscuous());
            RefusedException.check(LinuxCalls.bind(descriptor, address()), "bind");
            transmit = new TransmitBatch(descriptor, frameOctets, sent, arena);
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    /// Opens a socket.
    ///
    /// @param link the interface, which exists
    /// @param frameOctets longest frame that is received and sent whole
    /// @param sent counts what is sent
    /// @throws RefusedException if the kernel refuses
    static PacketSocket open(LinkState link, Traffic traffic, int frameOctets, TransmitCounters sent)
            throws RefusedException {
        return new PacketSocket(link, traffic, frameOctets, sent);
    }

    /// Readable while a frame waits in the ring.
    int descriptor() {
        return descriptor;
    }

    ReceiveRing ring() {
        return ring;
    }

    TransmitBatch transmit() {
        return transmit;
    }

    /// The receive half of a port's counters; asks the kernel how many frames found no free slot.
    PortCounters received() {
        statisticsOctets.set(JAVA_INT, 0, STATISTICS_OCTETS);
        int result = LinuxCalls.option(descriptor, SOL_PACKET, PACKET_STATISTICS, statistics, statisticsOctets);
        if (result >= 0) {
            // The kernel counts from the last time on.
            ringDrops += Integer.toUnsignedLong(statistics.get(JAVA_INT, Integer.BYTES));
        }
        return new PortCounters(ring.frames(), ring.octets(), ring.cutFrames() + ringDrops, 0, 0, 0);
    }

    @Override
    public void close() {
        arena.close();
        if (descriptor >= 0) {
            LinuxCalls.close(descriptor);
        }
    }

    private void set(int option, MemorySegment value) throws RefusedException {
        set(SOL_PACKET, option, value);
    }

    private void set(int level, int option, MemorySegment value) throws RefusedException {
        RefusedException.check(LinuxCalls.setOption(descriptor, level, option, value), "setsockopt " + option);
    }

    /// A `struct packet_mreq`.
    private MemorySegment promiscuous() {
        MemorySegment membership = arena.allocate(MEMBERSHIP_OCTETS, 4);
        membership.set(JAVA_INT, 0, index);
        membership.set(JAVA_SHORT, 4, PACKET_MR_PROMISC);
        return membership;
    }

    /// A `struct sockaddr_ll` for all frames of the interface.
    private MemorySegment address() {
        MemorySegment address = arena.allocate(ADDRESS_OCTETS, 4);
        address.fill((byte) 0);
        address.set(JAVA_SHORT, 0, (short) LinuxCalls.AF_PACKET);
        address.set(JAVA_SHORT, 2, ETH_P_ALL_BIG_ENDIAN);
        address.set(JAVA_INT, 4, index);
        return address;
    }

    /// The kernel would not do what a socket needs.
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        private final int error;

        private RefusedException(String call, int error) {
            super(call + ": error " + error);
            this.error = error;
        }

        /// Whether a right is missing.
        boolean isRightMissing() {
            return error == LinuxCalls.EPERM || error == LinuxCalls.EACCES;
        }

        private static void check(int result, String call) throws RefusedException {
            if (result < 0) {
                throw new RefusedException(call, -result);
            }
        }
    }
}
