package net.testudo.element.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.testudo.element.cluster.Timing;
import net.testudo.element.engine.Engine;
import net.testudo.element.engine.EngineContext;
import net.testudo.element.flow.FlowLimits;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.element.management.SystemClock;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.port.DataPort;
import net.testudo.element.wire.Fuzz;
import net.testudo.element.wire.RecordMutator;
import net.testudo.element.wire.cluster.DeviceIdentity;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.JoinMessage;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.PublicKey;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.RevisionHeader;
import net.testudo.element.wire.cluster.RevisionNote;
import org.junit.jupiter.api.Test;

/// What masters and devices say in join sessions that are broken, though they hold the right join key.
class JoinFuzzTest {
    private static final long STEP_NS = 1_000_000L;
    private static final int MESSAGES_EACH = 50;

    /// One engine and its rogue peer.
    private static final class Pair {
        final MemoryNetwork network = new MemoryNetwork();
        final StoredAgent agent = new StoredAgent();
        final EngineContext context;
        final RoguePeer rogue;
        Engine engine;
        long nowNs;

        Pair(long seed, String rogueSerial) {
            RandomGenerator entropy = new SplittableRandom(seed);
            context = new EngineContext(
                    new DeviceIdentity("R1", "rehearsal", "1", "1", "1", List.of(), "", ProtocolVersions.OWN),
                    RehearsedCluster.JOIN_KEY,
                    null,
                    Timing.REAL_TIME,
                    network.attach("cluster", 0x0200_0000_0101L),
                    List.of(
                            new DataPort("outside", new MemoryNetwork().attach("outside", 0x0200_0000_0201L)),
                            new DataPort("inside", new MemoryNetwork().attach("inside", 0x0200_0000_0301L))),
                    null,
                    FlowLimits.SMALL,
                    agent,
                    agent,
                    entropy::nextBytes,
                    () -> 0,
                    () -> Capacity.UNKNOWN,
                    () -> SystemClock.UNKNOWN);
            engine = new Engine(context, (byte[]) null, 0);
            rogue = new RoguePeer(
                    network.attach("rogue", 0x0200_0000_0102L),
                    rogueSerial,
                    0x0001_0000_0000L | seed,
                    entropy::nextBytes);
        }

        void turns(int count) {
            for (int i = 0; i < count; i++) {
                nowNs += STEP_NS;
                engine.doWork(nowNs);
                rogue.doWork(nowNs);
            }
        }

        void restart() {
            agent.restarted();
            engine = new Engine(context, agent.image(), nowNs);
            turns(20);
        }
    }

    @Test
    void whatABrokenMasterOffersThrowsNothingAndLeavesNoImageThatDoes() {
        int[] taken = new int[1];
        repeat(
                (pair, random) -> {
                    pair.turns(50);
                    pair.rogue.query();
                    pair.turns(20);
                    pair.rogue.open("R1", pair.nowNs);
                    pair.turns(50);
                    assertTrue(pair.rogue.open, pair.rogue.failures::toString);
                    RecordMutator mutator = new RecordMutator(random);
                    for (int i = 0; i < MESSAGES_EACH; i++) {
                        pair.rogue.say("R1", random.nextInt(8) == 0 ? offer() : mutator.mutated(offer()));
                        pair.turns(random.nextInt(8));
                    }
                    taken[0] += (int) pair.rogue.heard.stream()
                            .filter(JoinMessage.Accepted.class::isInstance)
                            .count();
                    pair.restart();
                    ElementSnapshot started = pair.engine.snapshot(pair.nowNs);
                    boolean sane = started.device() <= DeviceSet.DEVICE_MAX
                            && (started.device() == 0) == started.clusterId().isEmpty();
                    assertTrue(sane, started::toString);
                },
                "M1");
        Fuzz.expect(taken[0] > Fuzz.ENGINE_FRAMES / 20, "offers taken: " + taken[0]);
    }

    @Test
    void anOfferThatCannotBeUsedIsRefusedAndNotStored() {
        String cluster = "6f1c7f5e-0000-4000-8000-000000000001";
        Line line = line();
        for (JoinMessage bad : List.of(
                new JoinMessage.Offer(cluster, 0, 3, 2, 0, "", line),
                new JoinMessage.Offer(cluster, 200, 3, 2, 0, "", line),
                new JoinMessage.Offer(cluster, 1, 3, 64, 0, "", line),
                new JoinMessage.Offer(cluster, 1, 3, 2, -1, "", line),
                new JoinMessage.Offer(cluster, 1, 3, 2, Long.MAX_VALUE, "", line),
                new JoinMessage.Offer("", 1, 3, 2, 0, "", line),
                new JoinMessage.Offer("x".repeat(60_000), 1, 3, 2, 0, "", line))) {
            Pair pair = new Pair(1, "M1");
            pair.turns(50);
            pair.rogue.query();
            pair.turns(20);
            pair.rogue.open("R1", pair.nowNs);
            pair.turns(50);
            pair.rogue.say("R1", bad);
            pair.turns(50);
            assertInstanceOf(JoinMessage.Refused.class, pair.rogue.heard.getLast());
            pair.restart();
            assertEquals(0, pair.engine.snapshot(pair.nowNs).device());
        }
    }

    @Test
    void whatABrokenDeviceAnswersThrowsNothingAndAdmitsItNever() {
        int[] offered = new int[1];
        repeat(
                (pair, random) -> {
                    pair.turns(300);
                    pair.agent.ask(new Request.Commit(1, "fuzz", 0, RehearsedCluster.content()));
                    pair.turns(100);
                    assertTrue(pair.engine.masterServing(pair.nowNs));
                    RecordMutator mutator = new RecordMutator(random);
                    List<JoinMessage> answers = List.of(
                            new JoinMessage.Accepted(
                                    Digest.of(new byte[1]), Digest.of(new byte[2]), new PublicKey(1, 2, 3, 4)),
                            new JoinMessage.Refused("it does not like it"),
                            offer());
                    for (int i = 0; i < MESSAGES_EACH; i++) {
                        if (i % 5 == 0) {
                            pair.rogue.announce();
                            pair.turns(2);
                            pair.agent.ask(new Request.Join(i + 2, "R2"));
                            pair.turns(60);
                        }
                        pair.rogue.say("R1", mutator.mutated(answers.get(random.nextInt(answers.size()))));
                        pair.turns(random.nextInt(4));
                    }
                    offered[0] += pair.rogue.heard.size();
                    pair.turns(100);
                    ElementSnapshot snapshot = pair.engine.snapshot(pair.nowNs);
                    assertTrue(snapshot.masterServing() && snapshot.members().size() == 1, snapshot::toString);
                    pair.restart();
                },
                "R2");
        Fuzz.expect(offered[0] > Fuzz.ENGINE_FRAMES / 50, "heard from the master: " + offered[0]);
    }

    /// What a master says that admits R1.
    private static JoinMessage offer() {
        return new JoinMessage.Offer("6f1c7f5e-0000-4000-8000-000000000001", 1, 3, 2, 0, "/a = b\n", line());
    }

    private static Line line() {
        Content content = RehearsedCluster.content();
        java.util.TreeMap<String, Integer> numbers = new java.util.TreeMap<>();
        numbers.put("M1", 1);
        numbers.put("R1", 2);
        Revision revision = new Revision(
                new RevisionHeader(
                        1,
                        Digest.ZERO,
                        Revision.hash(content),
                        DeviceSet.of(1),
                        0,
                        numbers,
                        new java.util.TreeMap<>(),
                        1,
                        "first",
                        RevisionNote.own(0)),
                content);
        return Line.of(revision);
    }

    /// One pair.
    private interface Run {
        void with(Pair pair, RandomGenerator random);
    }

    private static void repeat(Run run, String rogueSerial) {
        int count = 0;
        for (long seed = Fuzz.SEED; count < Fuzz.ENGINE_FRAMES; seed++) {
            try {
                run.with(new Pair(seed, rogueSerial), new SplittableRandom(~seed));
                count += MESSAGES_EACH;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("repeat with -Dfuzz.seed=" + seed + " -Dfuzz.frames=1", e);
            }
        }
    }
}
