package net.testudo.element.forwarding;

import static net.testudo.element.forwarding.DataPathCluster.INSIDE;
import static net.testudo.element.forwarding.DataPathCluster.OUTSIDE;
import static net.testudo.element.forwarding.DataPathCluster.hostMac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import net.testudo.element.forwarding.DataPathCluster.Sent;
import net.testudo.element.net.FlowKey;
import net.testudo.element.wire.TcpFlyweight;
import org.junit.jupiter.api.Test;

/// What packets cost in memory.
class AllocationTest {
    private static final int WARM_UP = 60_000;
    private static final int PACKETS = 20_000;
    /// What the measurement itself, and a compiler that works meanwhile, may take.
    private static final double OCTETS_PER_PACKET_MAX = 1;

    private final DataPathCluster cluster = new DataPathCluster();
    private final Packets.Link fromInside = new Packets.Link(hostMac(7), cluster.virtualMac[INSIDE]);
    private final Packets.Link fromOutside = new Packets.Link(hostMac(9), cluster.virtualMac[OUTSIDE]);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// Sends a packet again and again.
    ///
    /// @return octets allocated per packet
    private double octetsPerPacket(int network, byte[] packet, int expectedPerPacket) {
        cluster.quiet = true;
        MemorySegment source = MemorySegment.ofArray(packet);
        MemorySegment buffer = MemorySegment.ofArray(new byte[packet.length]);
        run(WARM_UP, network, source, buffer);
        cluster.left = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        run(PACKETS, network, source, buffer);
        long octets = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(expectedPerPacket * PACKETS, cluster.left);
        cluster.quiet = false;
        return (double) octets / PACKETS;
    }

    private void run(int count, int network, MemorySegment source, MemorySegment buffer) {
        DataPath path = cluster.path(cluster.master);
        int length = (int) source.byteSize();
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(source, 0, buffer, 0, length);
            path.onFrame(network, buffer, 0, length, cluster.now);
        }
    }

    private void assertFree(int network, byte[] packet, int leavePerPacket) {
        double octets = octetsPerPacket(network, packet, leavePerPacket);
        assertTrue(octets < OCTETS_PER_PACKET_MAX, octets + " octets per packet");
    }

    @Test
    void knownFlowsCostNothingAtWhicheverDeviceAndInBothDirections() {
        for (int i = 0; i < 3; i++) {
            byte[] query = Packets.udp(fromInside, "10.0.0.7", 5000 + i, "198.51.100.9", 53);
            Sent out = cluster.exchange(INSIDE, query).getFirst();
            int port = out.view().udp().sourcePort();
            byte[] answer = Packets.udp(fromOutside, "198.51.100.9", 53, "198.51.100.1", port);
            assertFree(INSIDE, query, 1);
            assertFree(OUTSIDE, answer, 1);
        }
        for (int device = 1; device <= 3; device++) {
            assertEquals(1, cluster.path(1).node().master().flowsOf(device));
        }
    }

    @Test
    void aTrackedConnectionCostsNothing() {
        for (int i = 0; i < 3; i++) {
            FlowKey key = Packets.tcpKey("10.0.0.7", 5000 + i, "198.51.100.9", 80);
            cluster.exchange(INSIDE, Packets.tcp(fromInside, key, TcpFlyweight.SYN, 1));
            assertFree(INSIDE, Packets.tcp(fromInside, key, TcpFlyweight.ACK, 2), 1);
        }
    }

    @Test
    void whatIsRefusedCostsNothing() {
        byte[] toNobody = Packets.udp(fromOutside, "198.51.100.9", 7, "198.51.100.1", 7);
        byte[] spoofed = Packets.udp(fromInside, "192.0.2.1", 7, "198.51.100.9", 7);
        FlowKey unknown = Packets.tcpKey("10.0.0.7", 5000, "198.51.100.9", 80);
        assertFree(OUTSIDE, toNobody, 0);
        assertFree(INSIDE, spoofed, 0);
        assertFree(INSIDE, Packets.tcp(fromInside, unknown, TcpFlyweight.ACK, 2), 0);
    }

    @Test
    void anErrorAboutAKnownFlowCostsNothing() {
        byte[] query = Packets.udp(fromInside, "10.0.0.7", 5000, "198.51.100.9", 53);
        Sent out = cluster.exchange(INSIDE, query).getFirst();
        assertFree(OUTSIDE, Packets.unreachable(fromOutside, "198.51.100.9", out.octets()), 1);
    }

    @Test
    void fragmentsCostNothing() {
        byte[] query = Packets.udp(fromInside, "10.0.0.7", 5000, "198.51.100.9", 53);
        cluster.exchange(INSIDE, query);
        assertFree(INSIDE, Packets.fragment(query, 0x2000), 1);
        assertFree(INSIDE, Packets.fragment(query, 0x0003), 1);
    }
}
