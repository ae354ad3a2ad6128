package net.testudo.element.forwarding;

import static net.testudo.element.forwarding.DataPathCluster.INSIDE;
import static net.testudo.element.forwarding.DataPathCluster.hostMac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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
}
