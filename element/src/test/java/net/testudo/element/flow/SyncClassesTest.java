package net.testudo.element.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.testudo.element.management.BackupSync;
import net.testudo.element.management.BackupSync.SyncClassState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A class of run-time data that is registered and known nowhere else.
class SyncClassesTest {
    private final TextClass[] texts = {new TextClass(), new TextClass(), new TextClass(), new TextClass()};
    private final FlowCluster cluster =
            new FlowCluster(1, 3, device -> SyncClasses.NONE.with(texts[device].registration()));

    @Tag("BKP-11")
    @Test
    void aFurtherClassReachesTheBackupMasterAndSurvivesTheFailover() {
        texts[1].put("a", "one");
        cluster.form();
        texts[1].put("b", "two");
        cluster.settle();
        assertEquals(texts[1].texts, texts[2].texts);
        cluster.crash(1);
        cluster.suspended = cluster.suspended.with(1);
        cluster.lead(2);
        cluster.settle();
        cluster.settle();
        assertEquals(List.of("a", "b"), texts[2].names());
        assertEquals(texts[2].texts, texts[3].texts, "the next backup master");
    }

    @Tag("BKP-11")
    @Test
    void aMasterThatWasNotBackupGetsItFromTheFormerBackup() {
        cluster.form();
        texts[1].put("a", "one");
        cluster.settle();
        cluster.crash(1);
        cluster.suspended = cluster.suspended.with(1);
        cluster.lead(3);
        cluster.settle();
        assertEquals(List.of("a"), texts[3].names());
    }

    @Tag("BKP-01")
    @Tag("BKP-02")
    @Test
    void theStateTellsOfEachClassWhatWasSentAndAcknowledged() {
        cluster.form();
        texts[1].put("a", "one");
        texts[1].put("a", "two");
        cluster.settle();
        BackupSync sync = cluster.devices[1].node.backupSync(cluster.now);
        assertEquals(2, sync.device());
        assertEquals(BackupSync.State.IN_SYNC, sync.state());
        SyncClassState texts = sync.classes().getFirst();
        assertEquals(new SyncClassState("texts", TextClass.NUMBER, 1, 2, 2, texts.octets(), 1, 1, 0, 0, 100), texts);
        assertEquals("flows", sync.classes().getLast().name());
        assertEquals(BackupSync.NONE, cluster.devices[2].node.backupSync(cluster.now), "no master, nothing to tell");
    }

    @Tag("BKP-01")
    @Test
    void whatIsUnderWayIsLag() {
        cluster.form();
        cluster.hung = cluster.hung.with(2);
        texts[1].put("a", "one");
        cluster.work(1);
        cluster.now += 30 * FlowCluster.MS;
        SyncClassState lagging =
                cluster.devices[1].node.backupSync(cluster.now).classes().getFirst();
        assertEquals(1, lagging.lagRecords());
        assertEquals(30 * FlowCluster.MS, lagging.lagNs());
        assertEquals(1, lagging.sent());
        assertEquals(0, lagging.acknowledged());
    }

    @Test
    void aClassOfANewerVersionIsLeftOutAndCounted() {
        TextClass sender = new TextClass();
        FlowCluster mixed = new FlowCluster(
                1, 3, device -> device == 1 ? SyncClasses.NONE.with(sender.registration()) : SyncClasses.NONE);
        sender.put("a", "one");
        mixed.form();
        assertTrue(mixed.open() != 0);
        mixed.settle();
        assertTrue(mixed.devices[1].node.isCopyComplete());
        assertEquals(1, mixed.devices[2].node.counter(FlowCounter.UNKNOWN_CLASS_RECORDS));
        assertEquals(0, mixed.devices[2].node.counter(FlowCounter.MALFORMED_MESSAGES));
        assertEquals(1, mixed.devices[2].node.master().table().size(), "the flow is there all the same");
    }

    @Test
    void aNumberOrANameIsTakenOnce() {
        SyncClasses classes = SyncClasses.NONE.with(texts[1].registration());
        assertEquals(List.of("texts", "flows"), classes.names());
        assertThrows(IllegalArgumentException.class, () -> classes.with(texts[2].registration()));
        assertThrows(
                IllegalArgumentException.class,
                () -> classes.with(new SyncClass(SyncClasses.FLOWS, "other", texts[2], texts[2])));
        assertThrows(IllegalArgumentException.class, () -> new SyncClass(256, "other", texts[2], texts[2]));
    }
}
