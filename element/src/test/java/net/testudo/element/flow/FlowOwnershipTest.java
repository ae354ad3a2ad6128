package net.testudo.element.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.testudo.element.net.DeviceSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FlowOwnershipTest {
    private final FlowCluster cluster = new FlowCluster(1, 3);
    private final ManyFlows flows = new ManyFlows(cluster);

    @Test
    void flowsAreSpreadOverAllDevicesAndTheirFramesReachTheOwners() {
        cluster.form();
        flows.openMany(30);
        for (int d = 1; d <= 3; d++) {
            assertEquals(10, cluster.devices[d].node.owner().carried());
            assertEquals(10, cluster.devices[1].node.master().flowsOf(d));
        }
        assertEquals(30, cluster.delivered);
    }

    @Tag("MON-09")
    @Tag("FOO-03")
    @Test
    void flowsOfADeadOwnerMoveOnlyAfterItsLease() {
        cluster.form();
        List<Long> ids = flows.openMany(30);
        cluster.crash(3);
        cluster.suspended = cluster.suspended.with(3);
        cluster.work(1);
        assertEquals(10, cluster.devices[1].node.master().flowsOf(3));
        cluster.settle();
        cluster.settle();
        assertEquals(0, cluster.devices[1].node.master().flowsOf(3));
        flows.assertAllOwnedOnce(ids);
        assertEquals(10, cluster.devices[1].node.counter(FlowCounter.MOVED));
    }

    @Tag("FOO-06")
    @Test
    void theMastersTableLearnsTheNewOwnerAndFramesAreRelayedThere() {
        cluster.form();
        List<Long> ids = flows.openMany(30);
        FlowCluster.Device master = cluster.devices[1];
        FlowTable table = master.node.master().table();
        List<Long> ofThird =
                ids.stream().filter(id -> table.owner(table.findId(id)) == 3).toList();
        assertEquals(10, ofThird.size());
        cluster.crash(3);
        cluster.suspended = cluster.suspended.with(3);
        cluster.settle();
        cluster.settle();
        DataFrame frame = new DataFrame().wrap(0, MemorySegment.ofArray(new byte[60]), 0, 60);
        int relayed = 0;
        for (long id : ofThird) {
            int slot = table.findId(id);
            int owner = FlowInvariants.owners(cluster, table.key(slot, 0)).getFirst();
            assertEquals(owner, table.owner(slot), "who carries it stands in the table");
            master.relayedTo = 0;
            FlowMaster.Route route = master.node.master().route(slot, frame, cluster.now);
            assertEquals(owner == 1 ? FlowMaster.Route.OWN : FlowMaster.Route.DONE, route);
            assertEquals(owner == 1 ? 0 : owner, master.relayedTo);
            relayed += owner == 2 ? 1 : 0;
        }
        assertEquals(5, relayed, "the others are the master's own");
    }

    @Test
    void aDeviceThatWasTakenForAFormerMemberWhileItReportedIsAskedAgain() {
        cluster.form();
        cluster.former = DeviceSet.NONE.with(2).with(3);
        cluster.work(1);
        cluster.former = DeviceSet.NONE;
        assertAllAreGivenFlows();
    }

    @Test
    void aDeviceThatReportedBeforeItsStatusWasHeardIsAskedAgain() {
        cluster.unheard = DeviceSet.NONE.with(2).with(3);
        cluster.form();
        cluster.unheard = DeviceSet.NONE;
        assertAllAreGivenFlows();
    }

    @Tag("FOO-11")
    @Test
    void aDeviceThatFollowedAMasterBeforeItHeardItsStatusReportsLater() {
        cluster.unheard = DeviceSet.NONE.with(1);
        cluster.form();
        cluster.unheard = DeviceSet.NONE;
        assertAllAreGivenFlows();
    }

    private void assertAllAreGivenFlows() {
        cluster.settle();
        List<Long> ids = flows.openMany(30);
        flows.assertAllOwnedOnce(ids);
        for (int device = 1; device <= 3; device++) {
            assertEquals(10, cluster.devices[device].node.owner().carried(), "device " + device);
        }
        assertTrue(cluster.devices[1].node.isCopyComplete());
    }

    @Tag("BKP-01")
    @Tag("FOO-04")
    @Tag("FOO-05")
    @Tag("FOO-08")
    @Test
    void theBackupTakesOverWithAllMappings() {
        cluster.form();
        List<Long> ids = flows.openMany(60);
        assertTrue(cluster.devices[2].node.isCopyComplete());
        assertTrue(cluster.devices[1].node.isCopyComplete());
        var before = new ArrayList<>(cluster.mappings.values());
        cluster.crash(1);
        cluster.suspended = cluster.suspended.with(1);
        cluster.lead(2);
        cluster.work(2);
        assertEquals(0, cluster.devices[2].node.master().choose(cluster.now));
        cluster.settle();
        cluster.settle();
        flows.assertAllOwnedOnce(ids);
        assertEquals(before, new ArrayList<>(cluster.mappings.values()));
        assertEquals(60, cluster.devices[2].portsInUse.size());
        assertEquals(30, cluster.devices[2].node.owner().carried());
    }

    @Tag("FOO-05")
    @Tag("FOO-07")
    @Test
    void aMasterThatWasNotBackupInheritsTheFlowsOfTheDeadOneFromTheFormerBackup() {
        cluster.form();
        List<Long> ids = flows.openMany(60);
        assertTrue(cluster.devices[2].node.isCopyComplete());
        var before = new ArrayList<>(cluster.mappings.values());
        cluster.crash(1);
        cluster.suspended = cluster.suspended.with(1);
        cluster.lead(3);
        cluster.settle();
        cluster.settle();
        flows.assertAllOwnedOnce(ids);
        assertEquals(before, new ArrayList<>(cluster.mappings.values()));
        assertEquals(60, cluster.devices[3].portsInUse.size());
        assertTrue(cluster.devices[2].node.isCopyComplete());
    }

    @Tag("FOO-05")
    @Tag("FOO-07")
    @Test
    void aMasterThatWasNotBackupInheritsTheFlowsOfTheDeadBackupFromTheFormerMaster() {
        cluster.form();
        List<Long> ids = flows.openMany(60);
        cluster.crash(2);
        cluster.suspended = cluster.suspended.with(2);
        cluster.lead(3);
        cluster.settle();
        cluster.settle();
        flows.assertAllOwnedOnce(ids);
        assertEquals(60, cluster.devices[3].portsInUse.size());
    }

    @Test
    void aBackupThatTakesOverNeedsNothingOfTheFormerMaster() {
        cluster.form();
        flows.openMany(30);
        cluster.lead(2);
        cluster.settle();
        assertEquals(0, cluster.devices[2].node.counter(FlowCounter.INHERITED));
        assertEquals(30, cluster.devices[2].node.master().table().size());
    }

    @Test
    void aDeviceThatComesBackWithOldFlowsDoesNotBringThemBack() {
        cluster.form();
        flows.openMany(30);
        cluster.disconnect(2, 1);
        cluster.disconnect(2, 3);
        cluster.suspended = cluster.suspended.with(2);
        cluster.devices[2].starved = true;
        cluster.now += 100 * FlowCluster.MS;
        cluster.lead(3);
        turnsWithout2();
        for (int i = 0; i < 30; i++) {
            cluster.endAt(1);
            cluster.endAt(3);
        }
        turnsWithout2();
        assertEquals(30, cluster.ended.size());
        assertEquals(0, cluster.devices[3].node.master().table().size());

        cluster.suspended = DeviceSet.NONE;
        cluster.devices[2].starved = false;
        cluster.connect(1, 2);
        cluster.connect(2, 3);
        cluster.lead(3);
        cluster.settle();
        cluster.settle();
        flows.assertEmpty();
    }

    @Test
    void aFormerBackupThatIsLateHandsOverWhatNobodyElseHas() {
        cluster.form();
        List<Long> ids = flows.openMany(60);
        leadWithoutLateBackup();
        assertEquals(20, cluster.devices[3].node.master().table().size());
        comeBackLate();
        flows.assertAllOwnedOnce(ids);
        assertEquals(60, cluster.devices[3].portsInUse.size());
        assertEquals(0, cluster.devices[3].node.counter(FlowCounter.OWNER_CONFLICTS));
    }

    @Test
    void whatEndedMeanwhileDoesNotComeBackLate() {
        cluster.form();
        flows.openMany(60);
        leadWithoutLateBackup();
        cluster.now += 100 * FlowCluster.MS;
        turns(3);
        cluster.endAt(3);
        turns(3);
        assertEquals(20, cluster.devices[3].node.counter(FlowCounter.ASSIGNED), "after the lapse");
        cluster.devices[3].portsTouched.clear();
        comeBackLate();
        assertEquals(59, cluster.devices[3].node.master().table().size());
        assertEquals(59, flows.totalCarried());
    }

    @Test
    void aFlowWhosePortAnotherOneHadIsNotTakenLate() {
        cluster.form();
        List<Long> ids = flows.openMany(60);
        leadWithoutLateBackup();
        long taker = cluster.open();
        turns(3);
        FlowMaster master = cluster.devices[3].node.master();
        master.end(master.table().findId(taker), cluster.now);
        comeBackLate();
        DirectionKey taken = Objects.requireNonNull(cluster.mappings.get(taker));
        long lost = ids.stream()
                .filter(id -> taken.equals(cluster.mappings.get(id)))
                .count();
        assertEquals(1, lost);
        assertEquals(59, flows.totalCarried());
    }

    @Test
    void whatIsHandedOverTooLateIsNotTaken() {
        cluster.form();
        flows.openMany(60);
        leadWithoutLateBackup();
        cluster.now += 10_000 * FlowCluster.MS;
        turns(3);
        comeBackLate();
        assertEquals(20, flows.totalCarried());
    }

    /// Device 1 is dead, the backup master 2 late; device 3 leads, and may assign flows.
    private void leadWithoutLateBackup() {
        assertTrue(cluster.devices[2].node.isCopyComplete());
        cluster.crash(1);
        cluster.disconnect(2, 3);
        cluster.devices[2].starved = true;
        cluster.suspended = DeviceSet.of(1, 2);
        for (int i = 0; i < 50; i++) {
            cluster.now += FlowCluster.MS;
            cluster.renewAll();
        }
        cluster.lead(3);
        turns(3);
        assertTrue(cluster.devices[3].node.master().isSettled());
    }

    private void comeBackLate() {
        cluster.devices[2].starved = false;
        cluster.devices[2].node.onStall(cluster.now);
        cluster.suspended = DeviceSet.of(1);
        cluster.connect(2, 3);
        cluster.settle();
        cluster.settle();
    }

    private void turnsWithout2() {
        turns(1, 3);
    }

    private void turns(int... devices) {
        for (int turn = 0; turn < 100; turn++) {
            cluster.now += FlowCluster.MS;
            cluster.renewAll();
            for (int d : devices) {
                cluster.follow(cluster.devices[d]);
                cluster.announce(d);
                cluster.work(d);
            }
            cluster.deliverAll();
        }
    }

    @Test
    void aLapseEndsOwnershipAndTheFlowsAreAssignedAgain() {
        cluster.form();
        List<Long> ids = flows.openMany(9);
        cluster.devices[2].starved = true;
        for (int i = 0; i < 30; i++) {
            cluster.now += FlowCluster.MS;
            cluster.renewAll();
        }
        cluster.devices[2].node.doWork(cluster.now);
        assertEquals(0, cluster.devices[2].node.owner().carried());
        cluster.devices[2].starved = false;
        cluster.settle();
        flows.assertAllOwnedOnce(ids);
        assertEquals(1, cluster.devices[2].node.counter(FlowCounter.VOIDED));
    }

    /// The owner lost them though it was never silent: they move as soon as its status says so.
    @Test
    void flowsOfAnOwnerWhoseLeaseLapsedAreNobodysAtOnce() {
        cluster.form();
        flows.openMany(9);
        lapse(2);
        cluster.standby = DeviceSet.of(2);
        cluster.work(1);
        assertEquals(0, cluster.devices[1].node.master().flowsOf(2));
        cluster.settle();
        assertEquals(9, flows.totalCarried());
    }

    @Test
    void whatWasReportedBeforeALapseIsNotBelievedAfterIt() {
        cluster.form();
        flows.openMany(9);
        cluster.lead(1);
        cluster.work(1);
        cluster.follow(cluster.devices[2]);
        cluster.work(2);
        lapse(2);
        cluster.work(1);
        while (cluster.deliver(2, 1, false) || cluster.deliver(2, 1, true)) {
            cluster.check();
        }
        assertEquals(0, cluster.devices[1].node.master().flowsOf(2));
        cluster.settle();
        assertEquals(9, flows.totalCarried());
    }

    /// The device has no lease for a moment, and says so in its next status.
    private void lapse(int device) {
        cluster.devices[device].starved = true;
        for (int i = 0; i < 30; i++) {
            cluster.now += FlowCluster.MS;
            cluster.renewAll();
        }
        cluster.devices[device].starved = false;
        cluster.renewAll();
        cluster.announce(device);
    }

    @Test
    void aStallEndsOwnershipWithoutALapse() {
        cluster.form();
        List<Long> ids = flows.openMany(9);
        cluster.devices[3].node.onStall(cluster.now);
        assertEquals(0, cluster.devices[3].node.owner().carried());
        cluster.settle();
        flows.assertAllOwnedOnce(ids);
    }

    @Test
    void anAssignmentUnderWayWhenTheReportStartsAnewIsVoid() {
        cluster.form();
        flows.openMany(3);
        cluster.open();
        cluster.open();
        cluster.open();
        cluster.devices[2].node.onStall(cluster.now);
        cluster.devices[3].node.onStall(cluster.now);
        while (cluster.deliver(1, 2, false) || cluster.deliver(1, 3, false)) {
            cluster.check();
        }
        assertEquals(0, cluster.devices[2].node.owner().carried());
        assertEquals(1, cluster.devices[2].node.counter(FlowCounter.VOID_ASSIGNMENTS));
        cluster.settle();
        assertEquals(6, flows.totalCarried());
    }

    @Test
    void aMemberThatBecomesStandbyGivesItsFlowsToOthers() {
        cluster.form();
        List<Long> ids = flows.openMany(30);
        cluster.standby = DeviceSet.of(2);
        cluster.settle();
        flows.assertAllOwnedOnce(ids);
        assertEquals(0, cluster.devices[2].node.owner().carried());
        assertEquals(10, cluster.devices[1].node.counter(FlowCounter.MOVED));
    }

    @Test
    void aStandbyMemberKeepsItsFlowsIfThereIsNobodyElse() {
        cluster.form();
        List<Long> ids = flows.openMany(30);
        cluster.standby = DeviceSet.of(1, 2, 3);
        cluster.settle();
        flows.assertAllOwnedOnce(ids);
        assertEquals(0, cluster.devices[1].node.counter(FlowCounter.MOVED));
    }

    @Test
    void theEndOfAFlowEmptiesAllTables() {
        cluster.form();
        flows.openMany(30);
        for (int d = 1; d <= 3; d++) {
            while (cluster.devices[d].node.owner().carried() > 0) {
                cluster.endAt(d);
            }
        }
        cluster.settle();
        flows.assertEmpty();
    }

    @Test
    void idleFlowsEnd() {
        cluster.form();
        flows.openMany(30);
        cluster.now += ConnectionState.UDP_ONE_WAY.idleNs();
        for (int d = 1; d <= 3; d++) {
            cluster.devices[d].leaseEnd = cluster.now + 5 * FlowCluster.MS;
            cluster.devices[d].node.doWork(cluster.now);
        }
        for (int i = 0; i < 40; i++) {
            cluster.settle();
        }
        flows.assertEmpty();
    }

    @Test
    void theMasterEndsAFlowAtItsOwner() {
        cluster.form();
        flows.openMany(3);
        FlowMaster master = cluster.devices[1].node.master();
        for (int slot = 0; slot < 3; slot++) {
            master.end(slot, cluster.now);
        }
        cluster.settle();
        flows.assertEmpty();
    }

    @Test
    void aFullTableRefusesAndCounts() {
        cluster.form();
        for (int i = 0; i < FlowLimits.SMALL.flows(); i++) {
            cluster.open();
            cluster.deliverAll();
            if (i % FlowLimits.SMALL.heldFrames() == 0) {
                cluster.settle();
            }
        }
        cluster.settle();
        assertEquals(0, cluster.open());
        assertEquals(1, cluster.devices[1].node.counter(FlowCounter.TABLE_FULL));
        assertEquals(FlowLimits.SMALL.flows(), flows.totalCarried());
    }

    @Test
    void aNewNextHopReachesTheOwners() {
        cluster.form();
        flows.openMany(3);
        cluster.devices[1].node.master().nextHopChanged(1, 1, 77);
        cluster.settle();
        for (int d = 1; d <= 3; d++) {
            assertEquals(77, cluster.devices[d].node.owner().table().mac(0, 0));
            assertEquals(2, cluster.devices[d].node.owner().table().mac(0, 1));
        }
    }
}
