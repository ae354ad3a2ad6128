package net.testudo.element.forwarding;

import static net.testudo.element.forwarding.DataPathCluster.INSIDE;
import static net.testudo.element.forwarding.DataPathCluster.hostMac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import net.testudo.element.flow.DirectionKey;
import net.testudo.element.flow.FlowTable;
import net.testudo.element.net.FlowKey;
import net.testudo.element.wire.TcpFlyweight;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every device has the parts of a master ready, so that becoming one sets nothing up.
class RoleChangeTest {
    private static final int FLOWS = 200;
    /// For each flow that is taken over, and besides.
    private static final long OCTETS_PER_FLOW = 1_000;

    private static final long OCTETS_BESIDES = 100_000;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Tag("BKP-10")
    @Test
    void becomingMasterAllocatesNothingOfTheSizeOfATable() {
        long before = threads.getCurrentThreadAllocatedBytes();
        DataPathCluster cluster = new DataPathCluster();
        long setUp = (threads.getCurrentThreadAllocatedBytes() - before) / 3;
        Packets.Link link = new Packets.Link(hostMac(7), cluster.virtualMac[INSIDE]);
        for (int i = 0; i < FLOWS; i++) {
            cluster.exchange(INSIDE, Packets.udp(link, "10.0.0.7", 5000 + i, "198.51.100.9", 53));
        }
        cluster.failover();
        DataPath next = cluster.path(2);
        before = threads.getCurrentThreadAllocatedBytes();
        next.doWork(cluster.now);
        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        long allowed = OCTETS_BESIDES + FLOWS * OCTETS_PER_FLOW;
        assertTrue(taken < allowed, "becoming master allocated " + taken + " octets");
        assertTrue(setUp > 4 * allowed, "setting a device up takes " + setUp + " octets, which tells nothing");
        assertEquals(FLOWS, next.node().master().table().size());
        cluster.turn();
        assertTrue(next.node().master().isSettled());
    }

    private final DataPathCluster cluster = new DataPathCluster();
    private final Packets.Link link = new Packets.Link(hostMac(7), cluster.virtualMac[INSIDE]);

    /// Device 2 has taken over, and nobody has told yet who carries what.
    ///
    /// @return a connection that it carries itself
    private FlowKey takeOver() {
        List<FlowKey> keys = IntStream.range(0, 3)
                .mapToObj(i -> Packets.tcpKey("10.0.0.7", 5000 + i, "198.51.100.9", 80))
                .toList();
        keys.forEach(key -> cluster.exchange(INSIDE, Packets.tcp(link, key, TcpFlyweight.SYN, 1)));
        cluster.failover();
        FlowTable table = cluster.path(2).node().master().table();
        return keys.stream()
                .filter(key -> table.owner(table.find(
                                        key.addresses(),
                                        DirectionKey.of(INSIDE, key).ports())
                                >> 1)
                        == 2)
                .findFirst()
                .orElseThrow();
    }

    private void receive(FlowKey key, int sequence) {
        cluster.receive(INSIDE, Packets.tcp(link, key, TcpFlyweight.ACK, sequence));
    }

    private void assertSent(Integer... sequences) {
        assertEquals(
                List.of(sequences),
                cluster.packets().stream()
                        .map(frame -> frame.view().tcp().sequence())
                        .toList());
    }

    @Test
    void whatWaitedForItsOwnersReportLeavesWithIt() {
        FlowKey own = takeOver();
        receive(own, 2);
        assertSent();
        cluster.turn();
        assertSent(2);
    }

    /// Found by the simulator: what waited left twice, and what came next not at all.
    @Test
    void whatWaitedForItsOwnersReportLeavesFirstAndOnce() {
        FlowKey own = takeOver();
        receive(own, 2);
        cluster.path(2).doWork(cluster.now);
        assertSent();
        receive(own, 3);
        receive(own, 4);
        assertSent(2, 3, 4);
        cluster.turn();
        assertSent(2, 3, 4);
    }
}
