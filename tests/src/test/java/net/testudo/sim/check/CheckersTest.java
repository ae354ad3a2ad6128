package net.testudo.sim.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import net.testudo.element.cluster.Timing;
import net.testudo.element.engine.Engine;
import net.testudo.element.management.Answer;
import net.testudo.element.management.BackupSync;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElectionState;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.LoggedEvent;
import net.testudo.element.management.Request;
import net.testudo.element.management.RevisionHistory;
import net.testudo.element.management.Role;
import net.testudo.sim.traffic.Protocol;
import net.testudo.sim.traffic.Tag;
import net.testudo.sim.traffic.TaggedPacket;
import net.testudo.sim.world.DeviceProfile;
import net.testudo.sim.world.Frames;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;
import org.junit.jupiter.api.Test;

class CheckersTest {
    private final SimWorld world = new SimWorld(
            1, List.of(DeviceProfile.calm("S1", Timing.REAL_TIME), DeviceProfile.calm("S2", Timing.REAL_TIME)));
    private final SimDevice first = world.device(1);
    private final SimDevice second = world.device(2);
    private final CommitsKept commits = new CommitsKept();
    private final Linearizable history = new Linearizable(world);

    @Test
    void oneNumberWithTwoHashesIsAFork() {
        OneLine line = new OneLine();
        line.onPublish(first, snapshot(1, 4, "aa", 1));
        line.onPublish(second, snapshot(1, 4, "aa", 1));
        assertThrows(Violation.class, () -> line.onPublish(second, snapshot(1, 4, "bb", 1)));
    }

    @Test
    void oneHashWithTwoContentsIsAFork() {
        OneLine line = new OneLine();
        line.onPublish(first, snapshot(1, 4, "aa", 1));
        assertThrows(Violation.class, () -> line.onPublish(second, snapshot(1, 4, "aa", 2)));
    }

    @Test
    void deviceThatGoesBackBreaksTheLine() {
        OneLine line = new OneLine();
        line.onPublish(first, snapshot(1, 4, "aa", 1));
        assertThrows(Violation.class, () -> line.onPublish(first, snapshot(1, 3, "bb", 2)));
    }

    @Test
    void deviceThatForgotItsClusterMayBeginAgain() {
        OneLine line = new OneLine();
        line.onPublish(first, snapshot(1, 4, "aa", 1));
        line.onPublish(first, snapshot(0, 0, "", 0));
        assertDoesNotThrow(() -> line.onPublish(first, snapshot(1, 1, "bb", 2)));
        assertEquals(4, line.length());
    }

    @Test
    void epochWithTwoMastersIsSeen() {
        OneMasterPerEpoch epochs = new OneMasterPerEpoch();
        epochs.onPublish(first, snapshot(7, 1, "aa", 1));
        epochs.onPublish(first, snapshot(7, 1, "aa", 1));
        assertThrows(Violation.class, () -> epochs.onPublish(second, snapshot(7, 1, "aa", 1)));
        assertEquals(1, epochs.epochs());
    }

    @Test
    void acknowledgedCommitThatIsReplacedIsSeen() {
        commits.onAnswer(first, commit(5), Answer.ok(5, 9));
        assertThrows(Violation.class, () -> commits.onPublish(second, withoutCluster(9, 6)));
        assertEquals(1, commits.acknowledgedCount());
    }

    @Test
    void commitAcknowledgedUnderTheNumberOfAnotherIsSeen() {
        commits.onPublish(second, withoutCluster(9, 6));
        assertThrows(Violation.class, () -> commits.onAnswer(first, commit(5), Answer.ok(5, 9)));
    }

    @Test
    void refusedCommitThatAppearsIsSeen() {
        commits.onAnswer(first, commit(5), Answer.no(5, Answer.Outcome.NO_QUORUM, "no majority"));
        assertThrows(Violation.class, () -> commits.onPublish(second, withoutCluster(9, 5)));
    }

    @Test
    void refusalOfADecidedCommitIsSeen() {
        commits.onPublish(second, withoutCluster(9, 5));
        Answer refusal = Answer.no(5, Answer.Outcome.NO_QUORUM, "no majority");
        assertThrows(Violation.class, () -> commits.onAnswer(first, commit(5), refusal));
    }

    @Test
    void unknownOutcomeLeavesBothOpen() {
        commits.onAnswer(first, commit(5), Answer.no(5, Answer.Outcome.OUTCOME_UNKNOWN, "not known"));
        assertDoesNotThrow(() -> commits.onPublish(second, withoutCluster(9, 5)));
    }

    @Test
    void commitOlderThanWhatWasKnownWhenItWasAskedForIsSeen() {
        called(5, 6);
        history.onPublish(second, withoutCluster(9, 5));
        called(7);
        assertThrows(Violation.class, () -> history.onPublish(second, withoutCluster(8, 7)));
    }

    @Test
    void commitThatNobodyAskedForIsSeen() {
        assertThrows(Violation.class, () -> history.onPublish(second, withoutCluster(9, 5)));
    }

    @Test
    void commitThatComesBackAfterAnotherIsSeen() {
        called(5, 6);
        history.onPublish(first, withoutCluster(7, 5));
        history.onPublish(first, withoutCluster(8, 5));
        history.onPublish(first, withoutCluster(9, 6));
        assertThrows(Violation.class, () -> history.onPublish(second, withoutCluster(10, 5)));
    }

    @Test
    void commitBetweenTwoRevisionsOfAnotherIsSeen() {
        called(5, 6);
        history.onPublish(first, withoutCluster(7, 5));
        history.onPublish(first, withoutCluster(9, 5));
        assertThrows(Violation.class, () -> history.onPublish(second, withoutCluster(8, 6)));
    }

    @Test
    void readThatIsOlderThanWhatWasKnownIsSeen() {
        called(5);
        history.onPublish(first, withoutCluster(9, 5));
        assertDoesNotThrow(() -> history.onRead(second, new Engine.Decided("", 9, content(5))));
        assertThrows(Violation.class, () -> history.onRead(second, new Engine.Decided("", 8, content(4))));
    }

    @Test
    void commitThatWasAnsweredWithAnotherRevisionIsSeen() {
        called(5);
        history.onPublish(first, withoutCluster(9, 5));
        assertThrows(Violation.class, () -> history.onAnswer(second, commit(5), Answer.ok(5, 10)));
    }

    private void called(long... commits) {
        for (long number : commits) {
            history.onRequest(first, commit(number));
        }
    }

    @Test
    void secondAnswerIsSeen() {
        assertThrows(Violation.class, () -> new OneAnswer().onAnswer(first, null, Answer.ok(5, 9)));
    }

    @Test
    void deviceWithoutLeaseMayOnlyProbe() {
        FramesInLease frames = new FramesInLease();
        long mac = first.dataPorts().getFirst().mac().bits();
        byte[] probe = Frames.arp(1, -1L >>> 16, new Frames.Holder(mac, 0), new Frames.Holder(0, 9));
        byte[] announcement = Frames.arp(2, -1L >>> 16, new Frames.Holder(mac, 9), new Frames.Holder(mac, 9));
        byte[] spoofed = Frames.arp(1, -1L >>> 16, new Frames.Holder(mac + 1, 0), new Frames.Holder(0, 9));
        assertDoesNotThrow(() -> frames.onSend(first, first.dataPorts().getFirst(), probe));
        assertThrows(
                Violation.class, () -> frames.onSend(first, first.dataPorts().getFirst(), announcement));
        assertThrows(
                Violation.class, () -> frames.onSend(first, first.dataPorts().getFirst(), spoofed));
    }

    private static Request commit(long number) {
        return new Request.Commit(number, "c", 8, content(number));
    }

    private static Content content(long number) {
        return new Content(CommitsKept.markerLine(number) + "\n", "");
    }

    private static ElementSnapshot withoutCluster(long revision, long marker) {
        return snapshot("", 1, revision, "aa", content(marker));
    }

    private static ElementSnapshot snapshot(long epoch, long revision, String hash, long marker) {
        return snapshot("c", epoch, revision, hash, content(marker));
    }

    private static ElementSnapshot snapshot(String cluster, long epoch, long revision, String hash, Content content) {
        return snapshot(cluster, epoch, revision, hash, content, EventLog.EMPTY);
    }

    private static ElementSnapshot withLog(long epoch, LoggedEvent... records) {
        return snapshot("c", 0, 1, "aa", content(1), new EventLog(epoch, List.of(records)));
    }

    private static ElementSnapshot snapshot(
            String cluster, long epoch, long revision, String hash, Content content, EventLog log) {
        return new ElementSnapshot(
                0,
                "S1",
                1,
                Role.MASTER,
                cluster,
                "simulated",
                0,
                epoch,
                1,
                true,
                true,
                false,
                revision,
                hash,
                content,
                List.of(),
                List.of(),
                List.of(),
                ElementSnapshot.Switchover.NONE,
                1,
                0,
                RevisionHistory.EMPTY,
                BackupSync.NONE,
                Map.of(),
                log,
                2,
                ElectionState.NONE);
    }

    @Test
    void twoLogsOfOneEpochWithTwoRecordsAtOnePlaceAreSeen() {
        OneLog log = new OneLog();
        log.onPublish(first, withLog(3, logged(1, "S1/1/1", "up"), logged(2, "S1/1/2", "up")));
        log.onPublish(second, withLog(2, logged(1, "S1/1/1", "up"), logged(2, "S2/1/1", "up")));
        assertThrows(
                Violation.class,
                () -> log.onPublish(second, withLog(3, logged(1, "S1/1/1", "up"), logged(2, "S2/1/1", "up"))));
    }

    @Test
    void aRecordThatSaysSomethingElseIsSeen() {
        OneLog log = new OneLog();
        log.onPublish(first, withLog(3, logged(1, "S1/1/1", "up")));
        assertThrows(Violation.class, () -> log.onPublish(second, withLog(4, logged(1, "S1/1/1", "down"))));
    }

    @Test
    void aLogWithAGapIsSeen() {
        OneLog log = new OneLog();
        assertThrows(
                Violation.class,
                () -> log.onPublish(first, withLog(3, logged(1, "S1/1/1", "up"), logged(3, "S1/1/2", "up"))));
    }

    private static LoggedEvent logged(long order, String id, String cause) {
        ElementEvent event = new ElementEvent(
                id, ElementEvent.Kind.MEMBER_UP, 1, "S1", 1, ElementEvent.Reason.NONE, cause, Map.of());
        return new LoggedEvent(order, 1, event);
    }

    @Test
    void packetThatLeavesMoreOftenThanItCameIsSeen() {
        NoDoubles doubles = new NoDoubles();
        byte[] frame = packet(1, 3, 20_000).toFrame(1, 2);
        doubles.onReceive(first, first.dataPorts().getFirst(), frame);
        doubles.onSend(second, second.dataPorts().getLast(), frame);
        assertEquals(1, doubles.passed());
        assertThrows(
                Violation.class, () -> doubles.onSend(first, first.dataPorts().getLast(), frame));
    }

    @Test
    void connectionThatIsTranslatedOtherwiseIsSeen() {
        NatStable nat = new NatStable();
        see(nat, 1, 0, 20_000);
        see(nat, 1, 0, 20_001);
        see(nat, 1, 1, 20_002);
        see(nat, 1, 2, 20_002);
        assertThrows(Violation.class, () -> see(nat, 1, 3, 20_003));
    }

    @Test
    void twoFlowsWithOnePortInTurnsAreSeen() {
        NatStable nat = new NatStable();
        see(nat, 1, 1, 20_000);
        see(nat, 2, 1, 20_000);
        assertThrows(Violation.class, () -> see(nat, 1, 2, 20_000));
    }

    @Test
    void wrongChecksumIsSeen() {
        byte[] frame = packet(1, 1, 20_000).toFrame(1, 2);
        frame[frame.length - 1] ^= 1;
        NatStable nat = new NatStable();
        assertThrows(Violation.class, () -> nat.onSend(first, first.dataPorts().getFirst(), frame));
    }

    private void see(NatStable nat, int flow, int number, int port) {
        nat.onSend(
                first, first.dataPorts().getFirst(), packet(flow, number, port).toFrame(1, 2));
    }

    private static TaggedPacket packet(int flow, int number, int port) {
        return new TaggedPacket(Protocol.TCP, 1, port, 2, 7_000, 16, 0, 0, new Tag(flow, number, false, 5));
    }
}
