package net.testudo.element.forwarding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.testudo.element.flow.ConnectionState;
import net.testudo.element.flow.DirectionKey;
import net.testudo.element.flow.FlowRecord;
import net.testudo.element.flow.Ownership;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.Protocol;
import net.testudo.element.resource.LeasePool;
import org.junit.jupiter.api.Test;

class PortBookTest {
    private static final int ADDRESS = Packets.ip("198.51.100.1");
    private static final LeasePool POOL =
            new LeasePool(1, ADDRESS, List.of(new LeasePool.Range(1000, 1031), new LeasePool.Range(1040, 1063)), 8);

    private final PortBook book = new PortBook();

    PortBookTest() {
        book.pools(List.of(POOL));
    }

    private static FlowRecord flow(int port, int owner) {
        FlowKey reply = FlowKey.of(Protocol.UDP, 9, ADDRESS, FlowKey.ports(53, port));
        FlowKey asked = FlowKey.of(Protocol.UDP, 7, 9, FlowKey.ports(port, 53));
        return new FlowRecord(
                port,
                DirectionKey.of(1, asked),
                DirectionKey.of(0, reply),
                0,
                0,
                ConnectionState.UDP_ONE_WAY,
                FlowRecord.SOURCE_NAT,
                new Ownership(owner, 1, 1, 1, 1));
    }

    @Test
    void eachDeviceHasItsOwnBlocksAndNoPortIsGivenTwice() {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 2 * 28; i++) {
            int device = 1 + i % 2;
            int port = book.allocate(0, device);
            if (port != PortBook.NONE) {
                assertTrue(ports.add(port), "port " + port);
                assertEquals(device, book.holder(ADDRESS, port));
            }
        }
        for (int port = book.allocate(0, 1); port != PortBook.NONE; port = book.allocate(0, 1)) {
            assertTrue(ports.add(port), "port " + port);
        }
        assertEquals(56, ports.size());
        assertEquals(PortBook.NONE, book.allocate(0, 1));
        assertEquals(PortBook.NONE, book.allocate(0, 3));
    }

    @Test
    void aPortThatIsFreedIsTheLastOfItsBlockToBeUsed() {
        int first = book.allocate(0, 1);
        book.giveBack(0, first);
        for (int i = 0; i < POOL.blockSize() - 1; i++) {
            assertTrue(book.allocate(0, 1) != first);
        }
        assertEquals(first, book.allocate(0, 1));
    }

    @Test
    void afterATakeoverThePortsOfKnownFlowsAndThoseNextToThemRest() {
        book.onMaster(true);
        book.onFlow(flow(1002, 1));
        book.onFlow(flow(1003, 0));
        int port = book.allocate(0, 2);
        assertTrue(port >= 1004 + POOL.blockSize(), "port " + port);
        assertEquals(1, book.holder(ADDRESS, 1002));
        book.onFlowEnded(flow(1002, 1), 0);
        book.onFlowEnded(flow(1003, 1), 0);
        assertEquals(1, book.used());
        book.onMaster(false);
        assertEquals(0, book.used());
    }
}
