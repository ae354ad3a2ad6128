package net.testudo.element.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import net.testudo.element.config.BackupSyncConfig;
import net.testudo.element.config.BackupSyncConfig.OnSilence;
import net.testudo.element.management.BackupSync;
import net.testudo.element.net.DeviceSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A backup master at which run-time data arrives and is not acknowledged.
class BackupWatchTest {
    private static final long SECOND = 1_000_000_000L;
    private final FlowCluster cluster = new FlowCluster(1, 3);

    private void form(OnSilence onSilence) {
        cluster.form();
        configure(1, onSilence);
        configure(2, onSilence);
        configure(3, onSilence);
    }

    private void configure(int device, OnSilence onSilence) {
        cluster.devices[device].node.configure(new BackupSyncConfig(20 * FlowCluster.MS, 3, onSilence, SECOND));
    }

    /// Lets 60 ms pass.
    private void pass(int times) {
        for (int i = 0; i < times; i++) {
            cluster.settle();
        }
    }

    private FlowNode master() {
        return cluster.devices[1].node;
    }

    @Tag("BKP-04")
    @Tag("BKP-05")
    @Test
    void whoDoesNotAcknowledgeIsReplacedAfterTheSetNumberOfMisses() {
        form(OnSilence.RETRANSMIT_AND_REPLACE);
        cluster.hung = DeviceSet.of(2);
        cluster.open();
        cluster.now += 19 * FlowCluster.MS;
        cluster.work(1);
        assertEquals(0, master().backupSync(cluster.now).misses());
        pass(2);
        assertEquals(DeviceSet.of(2), master().silentBackups());
        assertEquals(3, cluster.backup());
        pass(1);
        BackupSync sync = master().backupSync(cluster.now);
        assertEquals(3, sync.device());
        assertEquals(BackupSync.State.IN_SYNC, sync.state());
        assertTrue(sync.retransmissions() > 0, "it was tried before");
        assertTrue(cluster.devices[3].node.isCopyComplete());
    }

    @Tag("BKP-04")
    @Test
    void aReplacedDeviceIsChosenAgainWhenItAnsweredForASetTime() {
        form(OnSilence.RETRANSMIT_AND_REPLACE);
        cluster.hung = DeviceSet.of(2);
        cluster.open();
        pass(20);
        assertEquals(DeviceSet.of(2), master().silentBackups(), "a second of silence does not help");
        cluster.devices[2].recover();
        pass(15);
        assertEquals(DeviceSet.of(2), master().silentBackups(), "not after 0.9 s");
        pass(5);
        assertEquals(DeviceSet.NONE, master().silentBackups());
        assertEquals(2, cluster.backup());
    }

    @Tag("BKP-04")
    @Test
    void aNewProcessMayBeChosenAtOnce() {
        form(OnSilence.REPLACE);
        cluster.hung = DeviceSet.of(2);
        cluster.open();
        pass(3);
        cluster.crash(2);
        cluster.hung = DeviceSet.NONE;
        cluster.devices[2].start();
        cluster.connect(1, 2);
        cluster.connect(2, 3);
        assertEquals(DeviceSet.NONE, master().silentBackups());
    }

    @Tag("BKP-03")
    @Tag("BKP-05")
    @Test
    void whatWasLostAfterItArrivedIsSentAgainAndNobodyIsReplaced() {
        form(OnSilence.RETRANSMIT);
        cluster.forgetful = DeviceSet.of(2);
        long flow = cluster.open();
        pass(5);
        assertEquals(BackupSync.State.LATE, master().backupSync(cluster.now).state());
        assertEquals(DeviceSet.NONE, master().silentBackups());
        cluster.forgetful = DeviceSet.NONE;
        pass(2);
        assertEquals(BackupSync.State.IN_SYNC, master().backupSync(cluster.now).state());
        assertTrue(cluster.devices[2].node.master().table().findId(flow) >= 0);
        assertTrue(master().backupSync(cluster.now).retransmissions() > 0);
    }

    @Tag("BKP-03")
    @Test
    void aWholeTransferThatWasLostIsSentAgain() {
        form(OnSilence.RETRANSMIT);
        for (int i = 0; i < 40; i++) {
            cluster.open();
            cluster.settle();
        }
        cluster.forgetful = DeviceSet.of(2);
        cluster.lead(1);
        pass(3);
        assertFalse(cluster.devices[2].node.isCopyComplete());
        cluster.forgetful = DeviceSet.NONE;
        pass(3);
        assertTrue(cluster.devices[2].node.isCopyComplete());
        assertEquals(40, cluster.devices[2].node.master().table().size());
    }

    @Tag("BKP-05")
    @Test
    void nothingIsSentAgainThatArrivedIfOnlyReplacementIsAskedFor() {
        form(OnSilence.REPLACE);
        cluster.hung = DeviceSet.of(2);
        cluster.open();
        pass(3);
        assertEquals(DeviceSet.of(2), master().silentBackups());
        assertEquals(0, master().backupSync(cluster.now).retransmissions());
    }

    @Tag("BKP-04")
    @Test
    void aDeviceWithoutRoomDoesNotAcknowledge() {
        cluster.devices[2].limits = new FlowLimits(4, 128, 32, 1_600, 400 * FlowCluster.MS);
        form(OnSilence.RETRANSMIT_AND_REPLACE);
        for (int i = 0; i < 12; i++) {
            cluster.open();
            cluster.settle();
        }
        pass(3);
        assertTrue(cluster.devices[2].node.counter(FlowCounter.SYNC_NO_ROOM) > 0);
        assertEquals(DeviceSet.of(2), master().silentBackups());
    }

    @Tag("BKP-04")
    @Test
    void flowsSurviveTheDeathOfTheMasterAfterTheReplacement() {
        form(OnSilence.RETRANSMIT_AND_REPLACE);
        cluster.hung = DeviceSet.of(2);
        long[] flows = new long[12];
        for (int i = 0; i < flows.length; i++) {
            flows[i] = cluster.open();
            cluster.settle();
        }
        pass(4);
        cluster.crash(1);
        cluster.suspended = DeviceSet.of(1);
        cluster.devices[2].recover();
        cluster.lead(3);
        pass(3);
        for (long flow : flows) {
            DirectionKey key = Objects.requireNonNull(cluster.mappings.get(flow));
            assertEquals(1, FlowInvariants.owners(cluster, key).size(), "owners of " + flow);
        }
    }

    @Test
    void aMasterThatWasLateItselfBlamesNobody() {
        form(OnSilence.RETRANSMIT_AND_REPLACE);
        cluster.hung = DeviceSet.of(2);
        cluster.open();
        cluster.work(1);
        cluster.now += SECOND;
        master().onStall(cluster.now);
        assertEquals(0, master().backupSync(cluster.now).misses());
    }
}
