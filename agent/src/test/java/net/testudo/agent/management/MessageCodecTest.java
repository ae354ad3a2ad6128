package net.testudo.agent.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.testudo.agent.ClusterAccess;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Author;
import net.testudo.element.management.BackupSync;
import net.testudo.element.management.BackupSync.SyncClassState;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElectionCriterion;
import net.testudo.element.management.ElectionState;
import net.testudo.element.management.ElectionState.Contender;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.ElementSnapshot.Alarm;
import net.testudo.element.management.ElementSnapshot.DiscoveredDevice;
import net.testudo.element.management.ElementSnapshot.MemberState;
import net.testudo.element.management.ElementSnapshot.Switchover;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.HeldContent;
import net.testudo.element.management.LoggedEvent;
import net.testudo.element.management.MemberClock;
import net.testudo.element.management.Request;
import net.testudo.element.management.RevisionHistory;
import net.testudo.element.management.Role;
import net.testudo.element.management.SystemClock;
import net.testudo.element.management.Verified;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.ProtocolVersions;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
    private static final Content CONTENT = new Content("/a:b/c = 1\n", "/a:b/key = grüße\n");
    private static final int INPUTS = Integer.getInteger("fuzz.frames", 20_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);

    static ElementSnapshot snapshot(long revision, Content content) {
        return new ElementSnapshot(
                1_000 + revision,
                "A1",
                1,
                Role.MASTER,
                "6b1f0c3e-5f7a-4c1d-9e2b-0123456789ab",
                "demo",
                -5,
                7,
                1,
                true,
                true,
                false,
                revision,
                "c0ffee",
                content,
                List.of(
                        new MemberState(
                                1,
                                "A1",
                                Role.MASTER,
                                "active",
                                true,
                                true,
                                true,
                                100,
                                new Capacity(12, 4, 20_000),
                                List.of(),
                                "0.1",
                                "c0ffee",
                                3,
                                99,
                                12,
                                Verified.VERIFIED,
                                Map.of("configuration", 100, "flows", 94),
                                ProtocolVersions.OWN,
                                new MemberClock(
                                        new MemberClock.Offset(-5, 9),
                                        new SystemClock(SystemClock.Sync.SYNCHRONIZED, SystemClock.Source.CHRONY, 40),
                                        -7L)),
                        new MemberState(
                                2,
                                "A2",
                                Role.FAILED,
                                "standby",
                                false,
                                false,
                                false,
                                0,
                                Capacity.UNKNOWN,
                                List.of(ElectionCriterion.HEALTH, ElectionCriterion.LINK_SPEED),
                                "",
                                "",
                                0,
                                0,
                                0,
                                Verified.DEVICE_DIFFERS,
                                Map.of(),
                                null,
                                MemberClock.UNKNOWN)),
                List.of(new DiscoveredDevice("B7", "02:00:00:00:00:b7", "0.1", "nat", "", "rejected", "why", 4)),
                List.of(new Alarm("vote-void", 1, "what to do")),
                new Switchover("A1/1/9", 2, 1, "silence", 60, 2),
                3,
                -4,
                history(revision),
                new BackupSync(
                        2,
                        BackupSync.State.LATE,
                        1,
                        17,
                        List.of(
                                new SyncClassState("port-leases", 2, 4, 5, 5, 90, 3, 3, 0, 0, 100),
                                new SyncClassState("flows", 1, 1_000, 970, 940, 95_000, 90, 80, 30, 700_000_000, 94))),
                new TreeMap<>(Map.of("drop.no-policy", 17L, "flow.created", 123_456_789_012L)),
                log(revision, 2),
                2,
                new ElectionState(
                        2,
                        1_700,
                        true,
                        77,
                        new ElectionState.HandOver(2, Reason.PREEMPTED, "score 100 against 40", "a copy"),
                        4,
                        2,
                        DeviceSet.of(2),
                        DeviceSet.of(2).with(3),
                        List.of(new Contender(1, 40, "lower-score"), new Contender(2, 100, ""))));
    }

    private static RevisionHistory history(long revision) {
        RevisionHistory.Entry entry = new RevisionHistory.Entry(
                revision,
                "c0ffee",
                "00",
                "id",
                1_767_225_600_000L,
                new Author("ops", "7", "why"),
                DeviceSet.of(1, 2),
                90);
        return new RevisionHistory(List.of(entry), List.of(new RevisionHistory.Orphan(2, entry, "ab", 4)));
    }

    /// The log of a device on which an event happens with each revision.
    private static EventLog log(long newest, int kept) {
        List<LoggedEvent> records = new ArrayList<>();
        for (long order = Math.max(1, newest - kept + 1); order <= newest; order++) {
            ElementEvent event = new ElementEvent(
                    "A1/1/" + order,
                    ElementEvent.Kind.REVISION_COMMITTED,
                    1,
                    "A1",
                    7,
                    Reason.NONE,
                    "cause",
                    Map.of("a", "b"));
            records.add(new LoggedEvent(order, 7, event));
        }
        return new EventLog(7, records);
    }

    private static List<Message> everyMessage() {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message.Hello(Message.VERSION));
        for (Request request : List.of(
                new Request.Commit(1, "id", 4, CONTENT),
                new Request.Commit(1, "id", 4, CONTENT, new Author("ops", "7", "why")),
                new Request.FetchRevision(9, 3),
                new Request.CompareMembers(10),
                new Request.FetchOrphan(11, 2, "c0ffee"),
                new Request.DismissOrphan(12, 2, "c0ffee"),
                new Request.RotateIdentity(13, "bmV3", true, new Author("ops", "7", "why")),
                new Request.WaiveExposure(14, 4, "shredded", new Author("ops", "7", "why")),
                new Request.CommitStatus(2, "id"),
                new Request.Join(3, "A2"),
                new Request.Failover(4, 2, 3, "x".repeat(100_000)),
                new Request.FormAlone(5, "the others burnt"),
                new Request.Leave(6, ""),
                new Request.RunningLock(7, "ops"),
                new Request.FactoryReset(8),
                new Request.Deactivate(9, "A2", "new fan"),
                new Request.Activate(10, "A2"),
                new Request.Replace(11, "A2", "A4"))) {
            messages.add(new Message.Request(request));
        }
        for (Answer.Outcome outcome : Answer.Outcome.values()) {
            messages.add(new Message.Answer(new Answer(
                    9,
                    outcome,
                    "why",
                    "/a:b",
                    12,
                    List.of(new HeldContent(2, 12, "c0ffee", CONTENT, "/a:b = c\n", "why not")))));
        }
        for (ElementEvent.Kind kind : ElementEvent.Kind.values()) {
            messages.add(new Message.Event(
                    new ElementEvent("A1/1/2", kind, 3, "A3", 7, Reason.SILENT, "cause", Map.of("a", "b"))));
        }
        messages.add(new Message.Handled("A1/1/2"));
        messages.add(new Message.Snapshot(snapshot(1, CONTENT)));
        messages.add(new Message.Access(ClusterAccess.NONE));
        messages.add(new Message.Access(new ClusterAccess(Ipv4Address.parse("10.10.0.1"), true)));
        return messages;
    }

    @Test
    void everyMessageIsReadAsItWasWritten() throws Exception {
        MessageCodec writer = new MessageCodec();
        MessageCodec reader = new MessageCodec();
        for (Message message : everyMessage()) {
            assertEquals(message, reader.read(writer.write(message)));
        }
    }

    @Test
    void aConfigurationTravelsOnlyWhenItChanged() throws Exception {
        MessageCodec writer = new MessageCodec();
        MessageCodec reader = new MessageCodec();
        Content large = new Content("/a:b/c = 1\n".repeat(10_000), "");
        List<Message> sent = List.of(
                new Message.Snapshot(snapshot(1, large)),
                new Message.Snapshot(snapshot(2, large)),
                new Message.Snapshot(snapshot(3, CONTENT)));
        List<byte[]> octets = sent.stream().map(writer::write).toList();
        int whole = octets.get(0).length;
        int rest = octets.get(1).length;
        assertTrue(whole - rest >= large.characters(), () -> whole + " octets, then " + rest);
        for (int i = 0; i < sent.size(); i++) {
            assertEquals(sent.get(i), reader.read(octets.get(i)));
        }
    }

    @Test
    void ofTheEventLogOnlyWhatChangedTravels() throws Exception {
        MessageCodec writer = new MessageCodec();
        MessageCodec reader = new MessageCodec();
        for (long revision : new long[] {1, 2, 3, 3, 4, 90, 2}) {
            Message message = new Message.Snapshot(snapshot(revision, CONTENT));
            byte[] octets = writer.write(message);
            assertEquals(message, reader.read(octets));
            if (revision == 3) {
                assertFalse(new String(octets, StandardCharsets.UTF_8).contains("A1/1/2"), "is there already");
            }
        }
    }

    @Test
    void aHelloOfALaterVersionMayBeLonger() throws Exception {
        byte[] hello = new MessageCodec().write(new Message.Hello(9));
        assertEquals(new Message.Hello(9), new MessageCodec().read(Arrays.copyOf(hello, hello.length + 7)));
    }

    @Test
    void whatIsNoMessageIsRefused() {
        for (byte[] octets : List.of(new byte[] {0}, new byte[] {99, 1}, new byte[] {2, 42, 0, 0, 0, 0, 0, 0, 0, 1})) {
            assertThrows(IOException.class, () -> new MessageCodec().read(octets), () -> Arrays.toString(octets));
        }
    }

    /// The agent is less trusted than the element: nothing that it sends may end the element's process.
    @Test
    void mutatedMessagesThrowNothingElse() {
        Random random = new Random(SEED);
        List<byte[]> valid =
                everyMessage().stream().map(new MessageCodec()::write).toList();
        int refused = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] octets = valid.get(random.nextInt(valid.size())).clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = random.nextInt(4) == 0 ? Arrays.copyOf(octets, random.nextInt(octets.length + 1)) : octets;
            try {
                new MessageCodec().read(cut);
            } catch (IOException _) {
                refused++;
            }
        }
        assertTrue(refused > INPUTS / 20, refused + " of " + INPUTS + " refused");
    }
}
