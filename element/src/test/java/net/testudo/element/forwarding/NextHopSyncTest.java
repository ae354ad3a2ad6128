package net.testudo.element.forwarding;

import static net.testudo.element.forwarding.DataPathCluster.INSIDE;
import static net.testudo.element.forwarding.DataPathCluster.hostMac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import net.testudo.element.flow.DataFrame;
import net.testudo.element.flow.SyncSink.Taken;
import net.testudo.element.management.BackupSync.SyncClassState;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Next hops at the backup master.
class NextHopSyncTest {
    private static final long MS = 1_000_000L;
    private final List<Integer> asked = new ArrayList<>();
    private final NeighbourTable master = table();
    private final NeighbourTable backup = table();
    private final OctetWriter record = new OctetWriter(16);

    private NeighbourTable table() {
        return new NeighbourTable((_, address, _) -> asked.add(address), new NeighbourTable.Changes() {
            @Override
            public void moved(int network, long oldMac, long newMac) {}

            @Override
            public void resume(DataFrame frame, long nowNs) {}

            @Override
            public void unreachable(DataFrame frame, long nowNs) {}
        });
    }

    private static DataFrame frame() {
        return new DataFrame().wrap(0, MemorySegment.ofArray(new byte[60]), 0, 60);
    }

    private void resolve(int address, long mac) {
        assertEquals(0, master.resolve(1, address, frame(), 0));
        master.learn(1, address, mac, 0);
    }

    private int transfer() {
        int records = 0;
        while (master.sync().next(record.reset())) {
            assertEquals(Taken.TAKEN, backup.sync().apply(1, new OctetReader(record.toOctets()), 0));
            records++;
        }
        return records;
    }

    @Test
    void whatTheMasterResolvedIsKnownAtTheBackup() {
        resolve(7, 77);
        master.sync().restart();
        backup.sync().begin(1, 1);
        resolve(8, 88);
        assertEquals(2, transfer());
        assertTrue(master.sync().isTransferred());
        asked.clear();
        assertEquals(77, backup.resolve(1, 7, frame(), 0));
        assertEquals(88, backup.resolve(1, 8, frame(), 0));
        assertEquals(List.of(), asked);
    }

    @Test
    void aNextHopThatMovedOrIsGoneFollows() {
        master.sync().restart();
        resolve(7, 77);
        resolve(8, 88);
        transfer();
        master.learn(1, 7, 78, 0);
        master.learn(1, 8, 88, 0);
        assertEquals(1, transfer(), "nothing is told of what stayed the same");
        assertEquals(78, backup.resolve(1, 7, frame(), 0));
        master.clear();
        assertEquals(2, transfer());
        assertEquals(0, backup.sync().held());
    }

    @Test
    void aPacketThatWaitsIsNotOvertaken() {
        master.sync().restart();
        resolve(7, 77);
        backup.resolve(1, 7, frame(), 0);
        transfer();
        assertEquals(0, backup.sync().held(), "its own question is under way");
    }

    @Test
    void manyNextHopsAreNotAskedForAtOnce() {
        master.sync().restart();
        for (int address = 1; address <= 1_000; address++) {
            resolve(address, address);
        }
        transfer();
        asked.clear();
        long nowNs = 31_000 * MS;
        backup.doWork(nowNs);
        assertTrue(asked.size() <= 64, asked.size() + " questions in one turn");
        for (int turn = 0; turn < 20; turn++) {
            backup.doWork(nowNs);
        }
        assertEquals(1_000, asked.size());
    }

    @Test
    void malformedRecordsAreRefused() {
        byte[] octets = record.u8(1).u32(7).i64(1L << 48).toOctets();
        assertEquals(Taken.MALFORMED, backup.sync().apply(1, new OctetReader(octets), 0));
        assertEquals(Taken.MALFORMED, backup.sync().apply(1, new OctetReader(octets, 0, 12), 0));
    }

    @Tag("BKP-09")
    @Test
    void flowsLeasesAndNextHopsAreTheClassesOfTheProduct() {
        DataPathCluster cluster = new DataPathCluster();
        cluster.exchange(
                INSIDE,
                Packets.udp(
                        new Packets.Link(hostMac(7), cluster.virtualMac[INSIDE]),
                        "10.0.0.7",
                        5000,
                        "198.51.100.9",
                        53));
        List<SyncClassState> classes =
                cluster.path(1).node().backupSync(cluster.now).classes();
        assertEquals(
                List.of("port-leases", "next-hops", "flows"),
                classes.stream().map(SyncClassState::name).toList());
        for (SyncClassState each : classes) {
            assertTrue(each.held() > 0, each.name());
            assertEquals(0, each.lagRecords(), each.name());
            assertEquals(100, each.percent(), each.name());
        }
    }
}
