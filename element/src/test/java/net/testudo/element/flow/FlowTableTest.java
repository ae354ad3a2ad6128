package net.testudo.element.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.testudo.element.net.FlowKey;
import org.junit.jupiter.api.Test;

class FlowTableTest {
    private static FlowRecord flow(int n) {
        return new FlowRecord(
                n,
                DirectionKey.of(0, FlowKey.of(17, n, 1, 7)),
                DirectionKey.of(1, FlowKey.of(17, 1, n, 7)),
                0,
                0,
                ConnectionState.UDP_ONE_WAY,
                0,
                Ownership.NONE);
    }

    private static int find(FlowTable table, DirectionKey key) {
        return table.find(key.addresses(), key.ports());
    }

    @Test
    void behavesLikeAMapUnderInsertionAndRemoval() {
        Random random = new Random(3);
        FlowTable table = new FlowTable(64, 99);
        Map<Integer, Integer> slots = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int n = 1 + random.nextInt(100);
            if (slots.containsKey(n)) {
                assertEquals(FlowTable.CONFLICT, table.insert(flow(n), FlowStatus.OWNED, 0));
                if (random.nextBoolean()) {
                    table.remove(slots.remove(n));
                }
            } else {
                int slot = table.insert(flow(n), FlowStatus.OWNED, 0);
                assertEquals(slots.size() == 64, slot == FlowTable.FULL);
                if (slot >= 0) {
                    slots.put(n, slot);
                }
            }
            FlowRecord probe = flow(1 + random.nextInt(100));
            int expected = slots.getOrDefault((int) probe.id(), FlowTable.NONE);
            assertEquals(expected, table.findId(probe.id()));
            assertEquals(expected < 0 ? expected : expected << 1, find(table, probe.forward()));
            assertEquals(expected < 0 ? expected : (expected << 1) + 1, find(table, probe.reverse()));
            assertEquals(slots.size(), table.size());
        }
    }

    @Test
    void theKeysOfAnUnlinkedFlowAreFree() {
        FlowTable table = new FlowTable(4, 1);
        int slot = table.insert(flow(1), FlowStatus.OWNED, 0);
        table.unlink(slot);
        assertEquals(FlowTable.NONE, find(table, flow(1).forward()));
        assertEquals(slot, table.findId(1));
        FlowRecord again = new FlowRecord(
                2, flow(1).forward(), flow(1).reverse(), 0, 0, ConnectionState.UDP_ONE_WAY, 0, Ownership.NONE);
        int other = table.insert(again, FlowStatus.OWNED, 0);
        table.remove(slot);
        assertEquals(other << 1, find(table, flow(1).forward()));
        assertEquals(again, table.get(other));
    }
}
