package net.testudo.element.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.testudo.element.net.DeviceSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A new flow that the master carries itself waits until the backup master knows of it.
@Tag("BKP-06")
class UncopiedFlowsTest {
    /// One for each device.
    private static final int OPENED = 3;

    private final FlowCluster cluster = new FlowCluster(1, 3);
    private final ManyFlows flows = new ManyFlows(cluster);

    private FlowNode master() {
        return cluster.devices[1].node;
    }

    /// Forms the cluster, and opens flows until the master has given another one to itself; no message arrives anywhere
    /// meanwhile.
    ///
    /// @return how many the master carried before
    private int openOneAtTheMaster() {
        cluster.form();
        flows.openMany(3);
        int carried = master().owner().carried();
        int own = master().master().flowsOf(1);
        for (int i = 0; i < OPENED; i++) {
            assertNotEquals(0, cluster.open());
        }
        assertEquals(own + 1, master().master().flowsOf(1));
        return carried;
    }

    @Test
    void itIsCarriedOnceTheBackupMasterHasAcknowledgedIt() {
        int carried = openOneAtTheMaster();
        assertEquals(carried, master().owner().carried());
        cluster.settle();
        assertEquals(carried + 1, master().owner().carried());
    }

    @Test
    void itIsCarriedAtOnceWhereThereIsNoBackupMaster() {
        FlowCluster alone = new FlowCluster(1, 1);
        alone.form();
        assertNotEquals(0, alone.open());
        assertEquals(1, alone.devices[1].node.owner().carried());
    }

    /// The backup master is suspended, and the next one has the copy of nothing yet; no message arrives anywhere.
    private void replaceTheBackupMaster() {
        cluster.suspended = DeviceSet.of(cluster.backup());
        cluster.follow(cluster.devices[1]);
        master().doWork(cluster.now);
    }

    /// That one may have learnt of it, or not.
    @Test
    void itWaitsForALeaseWhenTheBackupMasterIsReplaced() {
        int carried = openOneAtTheMaster();
        long leaseEnd = cluster.devices[1].leaseEnd;
        replaceTheBackupMaster();
        cluster.now = leaseEnd - 1;
        cluster.renewAll();
        master().doWork(cluster.now);
        assertEquals(carried, master().owner().carried());
        cluster.now = leaseEnd;
        master().doWork(cluster.now);
        assertEquals(carried + 1, master().owner().carried());
    }

    /// Found by the simulator: what a master sent did not arrive, it replaced its backup master for that, carried a new
    /// connection until its lease ended, and the next master gave that one another port.
    @Test
    void oneThatComesAfterwardsWaitsUntilTheMasterIsKnownNotToBeCutOff() {
        cluster.form();
        flows.openMany(3);
        replaceTheBackupMaster();
        int carried = master().owner().carried();
        int own = master().master().flowsOf(1);
        for (int i = 0; i < OPENED; i++) {
            assertNotEquals(0, cluster.open());
        }
        assertTrue(master().master().flowsOf(1) > own);
        master().doWork(cluster.now);
        assertEquals(carried, master().owner().carried());
        cluster.now++;
        cluster.renewAll();
        master().doWork(cluster.now);
        assertTrue(master().owner().carried() > carried);
    }

    /// An operator may have forbidden to replace it.
    @Test
    void itWaitsNoLongerThanTheLeaseForABackupMasterThatHangs() {
        int carried = openOneAtTheMaster();
        long leaseEnd = cluster.devices[1].leaseEnd;
        cluster.now = leaseEnd - 1;
        cluster.renewAll();
        master().doWork(cluster.now);
        assertEquals(carried, master().owner().carried());
        cluster.now = leaseEnd;
        master().doWork(cluster.now);
        assertEquals(carried + 1, master().owner().carried());
    }

    @Test
    void itIsNotCarriedByAMasterWhoseLeaseHasEnded() {
        int carried = openOneAtTheMaster();
        cluster.now = cluster.devices[1].leaseEnd;
        master().doWork(cluster.now);
        assertTrue(master().owner().carried() <= carried);
    }

    /// Found by the simulator: the cluster port of a master was cut, it carried a new connection until its lease ended,
    /// and the next master gave that one another port.
    @Test
    void itIsForgottenWithTheRole() {
        int carried = openOneAtTheMaster();
        int known = master().master().table().size() - OPENED;
        cluster.lead(2);
        cluster.follow(cluster.devices[1]);
        master().doWork(cluster.now);
        assertTrue(master().owner().carried() <= carried);
        assertEquals(known, master().master().table().size());
    }

    /// More than may wait are refused, so that their hosts try again.
    @Test
    void noMoreWaitThanThereIsRoomFor() {
        cluster.form();
        int refused = 0;
        for (int i = 0; i < 6 * FlowLimits.SMALL.heldFrames(); i++) {
            refused += cluster.open() == 0 ? 1 : 0;
        }
        assertTrue(refused > 0);
        assertEquals(0, master().owner().carried());
        assertEquals(FlowLimits.SMALL.heldFrames(), master().master().flowsOf(1));
        cluster.settle();
        assertEquals(FlowLimits.SMALL.heldFrames(), master().owner().carried());
    }
}
