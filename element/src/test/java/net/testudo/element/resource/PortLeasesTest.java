package net.testudo.element.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.testudo.element.flow.SyncSink;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.OctetReader;
import org.junit.jupiter.api.Test;

class PortLeasesTest {
    private static final int ADDRESS = 0xc633_6401;
    private static final DeviceSet ALL = DeviceSet.of(1, 2, 3);
    /// 56 ports in seven blocks.
    private static final LeasePool POOL =
            new LeasePool(ADDRESS, List.of(new LeasePool.Range(1000, 1031), new LeasePool.Range(1040, 1063)), 8);

    private long now = 1_000_000_000_000L;
    private final PortLeases leases = leases(POOL);

    private PortLeases leases(LeasePool pool) {
        PortLeases made = new PortLeases(now);
        made.pools(List.of(pool));
        return made;
    }

    private void advance(PortLeases of, long ns, DeviceSet devices) {
        now += ns;
        of.time(now);
        for (int i = 0; i < 8; i++) {
            of.doWork(devices, devices);
        }
    }

    private static Set<Integer> takeAll(PortLeases from, int device) {
        Set<Integer> ports = new TreeSet<>();
        for (int port = from.take(0, device); port != PortLeases.NONE; port = from.take(0, device)) {
            assertTrue(ports.add(port), "port " + port + " twice");
        }
        return ports;
    }

    @Test
    void eachDeviceHasItsOwnBlocksAndNoPortIsTakenTwice() {
        Set<Integer> ports = new HashSet<>();
        int[] blockOwner = new int[64];
        for (int i = 0; i < 40; i++) {
            int device = 1 + i % 2;
            int port = leases.take(0, device);
            assertTrue(ports.add(port), "port " + port + " twice");
            int block = (port - 1000) / 8;
            assertTrue(blockOwner[block] == 0 || blockOwner[block] == device);
            blockOwner[block] = device;
        }
        ports.addAll(takeAll(leases, 1));
        ports.addAll(takeAll(leases, 2));
        assertEquals(56, ports.size());
        assertEquals(56, leases.used());
        assertEquals(7, leases.leasedBlocks());
        assertEquals(PortLeases.NONE, leases.take(0, 3));
    }

    @Test
    void aPortThatWasGivenBackRestsWhileOthersAreFree() {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 56; i++) {
            int port = leases.take(0, 1);
            assertTrue(ports.add(port), "port " + port + " did not rest");
            leases.giveBack(0, port);
            advance(leases, 1_000, DeviceSet.of(1));
        }
        assertNotEquals(PortLeases.NONE, leases.take(0, 1), "a tired port is better than none");
    }

    @Test
    void portsThatRestedAreTakenBeforeAFurtherBlockIsLeased() {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 4; i++) {
                leases.giveBack(0, leases.take(0, 1));
            }
            advance(leases, PortLeases.REST_NS + 1, DeviceSet.of(1));
        }
        assertEquals(1, leases.leasedBlocks());
    }

    @Test
    void theBlocksOfALostDeviceDrainAndOthersGetThemAfterARest() {
        Set<Integer> ports = takeAll(leases, 1);
        int moved = ports.iterator().next();
        ports.remove(moved);
        ports.forEach(port -> leases.giveBackOf(ADDRESS, port));
        advance(leases, 1, DeviceSet.of(2));
        assertEquals(PortLeases.NONE, leases.take(0, 2));
        advance(leases, PortLeases.REST_NS + 1, DeviceSet.of(2));
        Set<Integer> others = takeAll(leases, 2);
        assertEquals(48, others.size(), "all blocks but that of the flow that goes on");
        assertFalse(others.contains(moved));
        leases.giveBackOf(ADDRESS, moved);
        advance(leases, PortLeases.REST_NS + 1, DeviceSet.of(2));
        assertEquals(8, takeAll(leases, 2).size());
    }

    @Test
    void blocksThatADeviceDoesNotNeedReturn() {
        Set<Integer> ports = takeAll(leases, 1);
        assertEquals(PortLeases.NONE, leases.take(0, 2));
        ports.forEach(port -> leases.giveBackOf(ADDRESS, port));
        advance(leases, PortLeases.REST_NS + 1, DeviceSet.of(1, 2));
        assertNotEquals(PortLeases.NONE, leases.take(0, 2));
        assertNotEquals(PortLeases.NONE, leases.take(0, 1));
    }

    @Test
    void aBlockIsUsedOnceTheBackupKnowsOfIt() {
        PortLeases backup = leases(POOL);
        LeaseStream stream = new LeaseStream(leases, backup);
        advance(leases, 1, ALL);
        stream.finish();
        assertEquals(3, backup.leasedBlocks());
        for (int i = 0; i < 8; i++) {
            assertNotEquals(PortLeases.NONE, leases.take(0, 1));
        }
        assertEquals(PortLeases.NONE, leases.take(0, 1), "the further block is not known yet");
        stream.send();
        assertTrue(stream.receive());
        assertEquals(4, backup.leasedBlocks());
        assertEquals(PortLeases.NONE, leases.take(0, 1), "the backup did not say so yet");
        stream.acknowledge();
        assertNotEquals(PortLeases.NONE, leases.take(0, 1));
    }

    @Test
    void aFurtherBlockIsAskedForBeforeItIsNeeded() {
        LeaseStream stream = new LeaseStream(leases, leases(POOL));
        advance(leases, 1, ALL);
        stream.finish();
        for (int i = 0; i < 32; i++) {
            assertNotEquals(PortLeases.NONE, leases.take(0, 1), "port " + i);
            if (i % 4 == 3) {
                stream.finish();
            }
        }
    }

    @Test
    void withoutABackupNothingIsWaitedFor() {
        LeaseStream stream = new LeaseStream(leases, leases(POOL));
        advance(leases, 1, ALL);
        stream.finish();
        takeAll(leases, 1);
        leases.stop();
        assertEquals(8 + 24, takeAll(leases, 1).size(), "its further block, and those that are free");
    }

    @Test
    void aNewMasterLetsRestWhatWasLeasedEvenIfItKnowsNoFlowOfIt() {
        PortLeases backup = leases(POOL);
        LeaseStream stream = new LeaseStream(leases, backup);
        advance(leases, 1, ALL);
        stream.finish();
        int unknown = leases.take(0, 1);
        int known = leases.take(0, 2);
        backup.time(now);
        backup.relearn();
        backup.use(ADDRESS, known, 2);
        advance(backup, 1, DeviceSet.of(2, 3));
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 16; i++) {
            taken.add(backup.take(0, 2));
        }
        assertFalse(taken.contains(unknown));
        assertFalse(taken.contains(known));
        assertEquals(17, backup.used());
        advance(backup, PortLeases.REST_NS + 1, DeviceSet.of(2, 3));
        assertTrue(takeAll(backup, 3).contains(unknown), "after the rest it may be taken");
    }

    @Test
    void aNewMasterWithoutACopyGoesOnBehindTheFlowsItHearsOf() {
        leases.relearn();
        leases.use(ADDRESS, 1002, 1);
        leases.use(ADDRESS, 1003, 0);
        assertEquals(2, leases.used());
        assertEquals(1, leases.leasedBlocks());
        Set<Integer> ports = takeAll(leases, 2);
        assertEquals(48, ports.size());
        assertTrue(ports.stream().noneMatch(port -> port < 1008));
    }

    @Test
    void fromBlocksThatAreCutOtherwiseNothingMoreIsTaken() {
        int port = leases.take(0, 1);
        leases.pools(List.of(new LeasePool(ADDRESS, List.of(new LeasePool.Range(1004, 1050)), 10)));
        assertEquals(1, leases.used());
        assertFalse(takeAll(leases, 1).contains(port));
        leases.giveBackOf(ADDRESS, port);
        leases.pools(List.of(POOL));
        advance(leases, PortLeases.REST_NS + 1, ALL);
        leases.pools(List.of());
        leases.giveBackOf(ADDRESS, 1005);
        assertEquals(0, leases.used());
    }

    @Test
    void malformedRecordsAreRefused() {
        LeaseCopy copy = new LeaseCopy(leases);
        byte[] record = {1, 2, 3, 4, 0, 9, 0, 8, 1, 2};
        assertEquals(SyncSink.Taken.MALFORMED, copy.apply(1, new OctetReader(record), 0));
        assertEquals(SyncSink.Taken.MALFORMED, copy.apply(1, new OctetReader(record, 0, 9), 0));
        record[7] = 9;
        assertEquals(SyncSink.Taken.TAKEN, copy.apply(1, new OctetReader(record), 0));
        record[9] = 4;
        assertEquals(SyncSink.Taken.MALFORMED, copy.apply(1, new OctetReader(record), 0));
        record[9] = 2;
        record[8] = 64;
        assertEquals(SyncSink.Taken.MALFORMED, copy.apply(1, new OctetReader(record), 0));
    }
}
