package net.testudo.element.wire.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.LoggedEvent;
import net.testudo.element.management.SystemClock;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;

/// One message of each kind, with every optional part, as a cluster of three sends them.
public final class SampleMessages {
    private static final Content CONTENT = new Content(
            "/testudo-cluster:cluster/enabled = true\n/testudo-cluster:cluster/name = sample\n",
            "/testudo-cluster:cluster/join-key[serial='S2']/key = 00112233445566778899aabbccddeeff\n");

    private SampleMessages() {}

    /// Three revisions.
    public static Line line() {
        Line line = Line.of(revision(1, Digest.ZERO));
        for (int number = 2; number <= 3; number++) {
            line = line.plus(revision(number, line.newest().header().hash()));
        }
        return line;
    }

    private static Revision revision(long number, Digest parent) {
        TreeMap<String, Integer> numbers = new TreeMap<>();
        TreeMap<Integer, DeviceKey> keys = new TreeMap<>();
        for (int device = 1; device <= 3; device++) {
            numbers.put("S" + device, device);
            keys.put(device, new DeviceKey(new PublicKey(device, 2, 3, 4), device == 3));
        }
        DeviceSet voters = DeviceSet.of(1, 2, 3);
        return new Revision(
                new RevisionHeader(
                        number,
                        parent,
                        Revision.hash(CONTENT),
                        voters,
                        0,
                        numbers,
                        keys,
                        2,
                        "commit-" + number,
                        new RevisionNote(1_767_225_600_000L + number, "ops", "7", "because")),
                CONTENT);
    }

    public static List<ControlMessage> control(int version) {
        List<ControlMessage.Silence> silences =
                version == 1 ? List.of() : List.of(new ControlMessage.Silence(2, 30_000_000));
        Line line = line();
        PreparedEntry entry = new PreparedEntry(
                7, 4, false, true, revision(4, line.newest().header().hash()));
        List<ControlMessage> samples = new ArrayList<>();
        log().forEach(message -> samples.add(new ControlMessage.Log(message)));
        samples.addAll(List.of(
                new ControlMessage.VoteRequest(7, true, 3),
                new ControlMessage.Vote(7, false, line.newest().header(), line, entry, DeviceSet.of(2), silences),
                new ControlMessage.Vote(7, true, null, null, null, DeviceSet.NONE, List.of()),
                new ControlMessage.Prepare(entry),
                new ControlMessage.PrepareReply(7, 4, false, "/testudo-cluster:cluster/name", "too long"),
                new ControlMessage.Decide(7, line),
                new ControlMessage.Reapply(7, line.newest()),
                new ControlMessage.HandOver(7, ElementEvent.Reason.OPERATOR, "power works"),
                new ControlMessage.InForceRequest(9, line.newest().header().contentHash()),
                new ControlMessage.InForceReply(9, 3, Digest.of(new byte[2]), CONTENT, "/a:b = c\n"),
                new ControlMessage.Kept(
                        new KeptMessage.ListRequest(9, line.newest().header().hash())),
                new ControlMessage.Kept(new KeptMessage.ListReply(
                        9,
                        List.of(new OrphanNote(
                                line.newest().header(), Digest.of(new byte[3]), 1_767_225_600_000L, 20)))),
                new ControlMessage.Kept(
                        new KeptMessage.ContentRequest(9, line.newest().header().contentHash())),
                new ControlMessage.Kept(new KeptMessage.ContentReply(9, true, CONTENT)),
                new ControlMessage.Inspect(
                        new InspectionMessage.Inquiry(9, List.of(new FlowProbe(1, 2, 3), new FlowProbe(0, -1, 6)))),
                new ControlMessage.Inspect(new InspectionMessage.Finding(
                        9, 3, List.of(new ProbeVerdict(2, -1, 7), new ProbeVerdict(0, 3, -1)))),
                new ControlMessage.Suspend(7, 2, DeviceSet.of(2, 3)),
                new ControlMessage.SuspendReply(
                        7, 2, List.of(new ControlMessage.Silence(2, 30_000_000), new ControlMessage.Silence(3, 0)))));
        return samples;
    }

    public static List<LogMessage> log() {
        ElementEvent event = new ElementEvent(
                "S1/2/9",
                ElementEvent.Kind.MEMBER_DOWN,
                2,
                "S2",
                7,
                ElementEvent.Reason.SILENT,
                "silent",
                Map.of("silent-ns", "30", "x", ""));
        return List.of(
                new LogMessage.Report(7, List.of(event, event)),
                new LogMessage.Position(7, 6, List.of(new LogMessage.Run(3, 4, 9), new LogMessage.Run(6, 10, 10))),
                new LogMessage.Records(
                        7, 10, 12, 10, false, List.of(new LoggedEvent(11, 7, event), new LoggedEvent(12, 7, event))),
                new LogMessage.Records(7, 10, 300, 200, true, List.of()),
                new LogMessage.Stored(7, 12),
                new LogMessage.Fetch(7, 0));
    }

    /// @param versions that the announced device speaks
    public static List<DiscoveryMessage> discovery(ProtocolVersions versions) {
        DeviceIdentity identity =
                new DeviceIdentity("S2", "TD-100", "2", "1.4", "0.1.0", List.of("ipsec", "nat"), "licence-2", versions);
        return List.of(
                new DiscoveryMessage.Query("S1"),
                new DiscoveryMessage.Announcement(identity, 77L << 32, "6f1c7f5e-0000-4000-8000-000000000001"));
    }

    public static List<JoinMessage> join() {
        return List.of(
                new JoinMessage.Offer("6f1c7f5e-0000-4000-8000-000000000001", 1, 7, 2, 5L << 32, "/a = b\n", line()),
                new JoinMessage.Accepted(
                        Digest.of(new byte[1]), line().newest().header().hash(), new PublicKey(1, 2, 3, 4)),
                new JoinMessage.Known("6f1c7f5e-0000-4000-8000-000000000001", line()),
                new JoinMessage.Refused("it is a member of a cluster already"));
    }

    public static StatusMessage status() {
        SystemClock system = new SystemClock(SystemClock.Sync.SYNCHRONIZED, SystemClock.Source.CHRONY, 250);
        return status(new ClockReading(system, 1_767_225_600_000L, new TreeMap<>(Map.of(1, 2_500_000, 3, 0))));
    }

    public static StatusMessage status(ClockReading clock) {
        return new StatusMessage(
                2,
                77L << 32,
                5_000_000,
                25_000_000,
                7,
                1,
                StatusMessage.IN_SYNC,
                6,
                5,
                0,
                3,
                1,
                DeviceSet.of(3),
                2,
                DeviceSet.of(3),
                60_000_000_000L,
                100,
                new Capacity(37, 8, 20_000),
                12,
                "0.1.0",
                new InForce(3, 0x1122_3344_5566_7788L, -9),
                5,
                List.of(new StatusMessage.Echo(1, 76L << 32, 4_000_000), new StatusMessage.Echo(3, 1, -1)),
                clock,
                clock.equals(ClockReading.UNKNOWN) ? VoterChangeMark.NONE : new VoterChangeMark(6, 2),
                List.of());
    }
}
