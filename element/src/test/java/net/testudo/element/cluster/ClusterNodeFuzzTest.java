package net.testudo.element.cluster;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.Content;
import net.testudo.element.management.SystemClock;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.Fuzz;
import net.testudo.element.wire.RecordMutator;
import net.testudo.element.wire.cluster.ClockReading;
import net.testudo.element.wire.cluster.ControlCodec;
import net.testudo.element.wire.cluster.ControlMessage;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.FlowProbe;
import net.testudo.element.wire.cluster.InForce;
import net.testudo.element.wire.cluster.InspectionMessage;
import net.testudo.element.wire.cluster.KeptMessage;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.LogMessage;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OrphanNote;
import net.testudo.element.wire.cluster.PreparedEntry;
import net.testudo.element.wire.cluster.ProbeVerdict;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.RevisionHeader;
import net.testudo.element.wire.cluster.SampleMessages;
import net.testudo.element.wire.cluster.StatusMessage;
import net.testudo.element.wire.cluster.StatusMessage.Echo;
import net.testudo.element.wire.cluster.VoterChangeMark;
import org.junit.jupiter.api.Test;

/// The state machine of one device among members that say anything that parsers let pass.
class ClusterNodeFuzzTest {
    private static final int EVENTS_EACH = 200;

    @Test
    void nothingThatMembersSayThrows() {
        for (long run = 0; run < (Fuzz.FRAMES + EVENTS_EACH - 1) / EVENTS_EACH; run++) {
            long seed = Fuzz.SEED + run;
            RandomGenerator random = new SplittableRandom(seed);
            OneDevice device = new OneDevice(3, 2);
            try {
                for (int event = 0; event < EVENTS_EACH; event++) {
                    step(device, random);
                }
            } catch (RuntimeException e) {
                throw new AssertionError("repeat with -Dfuzz.seed=" + seed + " -Dfuzz.frames=1", e);
            }
        }
    }

    private static void step(OneDevice device, RandomGenerator random) {
        int from = 2 + random.nextInt(2);
        switch (random.nextInt(11)) {
            case 0 -> device.advance((1 + random.nextInt(40)) * OneDevice.MS);
            case 1 -> device.stores();
            case 2, 3, 4 -> {
                StatusMessage status = status(from, random);
                StatusMessage mutant = random.nextInt(4) == 0 ? status : new RecordMutator(random).mutated(status);
                mutant = StatusMessage.parse(
                        new OctetReader(mutant.toOctets(ProtocolVersions.NEWEST)), ProtocolVersions.NEWEST);
                if (mutant != null && mutant.device() == from) {
                    device.hears(mutant);
                }
            }
            default -> {
                ControlMessage message = control(random);
                ControlMessage mutant = random.nextInt(4) == 0 ? message : new RecordMutator(random).mutated(message);
                mutant = ControlCodec.parse(
                        ControlCodec.toOctets(mutant, ProtocolVersions.NEWEST), ProtocolVersions.NEWEST);
                if (mutant != null) {
                    device.receives(from, mutant);
                }
            }
        }
    }

    private static StatusMessage status(int device, RandomGenerator random) {
        long epoch = 3L + random.nextInt(3);
        boolean leads = random.nextBoolean();
        return new StatusMessage(
                device,
                OneDevice.PEER_BOOT + device,
                random.nextInt(1_000_000),
                Timing.REAL_TIME.leaseNs(),
                epoch,
                leads ? device : 0,
                leads ? StatusMessage.MASTER : 0,
                leads ? epoch : 0,
                0,
                leads ? epoch : 0,
                1,
                0,
                DeviceSet.NONE,
                2,
                DeviceSet.NONE,
                1_000_000_000L,
                100,
                new Capacity(random.nextInt(101), 2, 1000),
                5,
                "0.1.0",
                new InForce(1, random.nextInt(2), random.nextInt(2)),
                random.nextInt(2),
                List.of(new Echo(1, 0, 0)),
                new ClockReading(SystemClock.UNKNOWN, random.nextInt(2), new TreeMap<>(Map.of(1, random.nextInt(2)))),
                VoterChangeMark.NONE,
                List.of());
    }

    private static ControlMessage control(RandomGenerator random) {
        long epoch = 3L + random.nextInt(3);
        Line line = Line.of(OneDevice.revision(1, Digest.ZERO));
        Revision next = OneDevice.revision(2, line.newest().header().hash());
        PreparedEntry entry =
                new PreparedEntry(epoch, 1 + random.nextInt(3), random.nextInt(4) == 0, random.nextInt(4) == 0, next);
        boolean longer = random.nextBoolean();
        return switch (random.nextInt(17)) {
            case 15 -> new ControlMessage.Inspect(new InspectionMessage.Inquiry(1, List.of(new FlowProbe(9, -1, -1))));
            case 16 ->
                new ControlMessage.Inspect(new InspectionMessage.Finding(
                        random.nextInt(3), random.nextInt(3), List.of(new ProbeVerdict(200, 7, 1))));
            case 13, 14 -> kept(line, random);
            case 11, 12 -> new ControlMessage.Log(log(epoch, random));
            case 0 -> new ControlMessage.VoteRequest(epoch, random.nextBoolean(), 1);
            case 1, 2 ->
                new ControlMessage.Vote(
                        epoch,
                        random.nextInt(4) == 0,
                        longer ? next.header() : line.newest().header(),
                        longer ? line.plus(next) : null,
                        longer ? null : entry,
                        DeviceSet.NONE,
                        random.nextBoolean()
                                ? List.of()
                                : List.of(new ControlMessage.Silence(1 + random.nextInt(3), random.nextLong())));
            case 3 -> new ControlMessage.Prepare(entry);
            case 4 -> new ControlMessage.PrepareReply(epoch, 1 + random.nextInt(3), true, "", "");
            case 5 -> new ControlMessage.Decide(epoch, line.plus(next));
            case 6 -> new ControlMessage.Reapply(epoch, longer ? next : line.newest());
            case 7 -> new ControlMessage.InForceRequest(1, Digest.ZERO);
            case 8 -> new ControlMessage.InForceReply(1, 2, Digest.ZERO, Content.EMPTY, "");
            case 9 -> new ControlMessage.Suspend(epoch, 1 + random.nextInt(3), DeviceSet.of(3));
            default ->
                new ControlMessage.SuspendReply(
                        epoch, 1 + random.nextInt(3), List.of(new ControlMessage.Silence(3, 200_000_000)));
        };
    }

    private static ControlMessage kept(Line line, RandomGenerator random) {
        RevisionHeader header = line.newest().header();
        OrphanNote orphan = new OrphanNote(header, Digest.ZERO, 0, random.nextInt(9));
        return new ControlMessage.Kept(
                switch (random.nextInt(4)) {
                    case 0 -> new KeptMessage.ListRequest(1, random.nextBoolean() ? Digest.ZERO : header.hash());
                    case 1 -> new KeptMessage.ListReply(random.nextInt(2), List.of(orphan));
                    case 2 -> new KeptMessage.ContentRequest(1, header.contentHash());
                    default -> new KeptMessage.ContentReply(1, random.nextBoolean(), Content.EMPTY);
                });
    }

    private static LogMessage log(long epoch, RandomGenerator random) {
        List<LogMessage> samples = SampleMessages.log();
        return switch (samples.get(random.nextInt(samples.size()))) {
            case LogMessage.Report m -> new LogMessage.Report(epoch, m.events());
            case LogMessage.Position m -> new LogMessage.Position(epoch, m.adopted(), m.runs());
            case LogMessage.Records m ->
                new LogMessage.Records(
                        epoch, m.start(), m.newest(), m.base(), m.anew() || random.nextBoolean(), m.records());
            case LogMessage.Stored _ -> new LogMessage.Stored(epoch, random.nextInt(20));
            case LogMessage.Fetch _ -> new LogMessage.Fetch(epoch, random.nextInt(20));
        };
    }
}
