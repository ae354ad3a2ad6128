package net.testudo.element.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.testudo.element.wire.Fuzz;
import org.junit.jupiter.api.Test;

/// Whole engines: frames that were damaged on the way, what somebody sends who is no member, and what a member says
/// that is broken.
class EngineFuzzTest {
    /// A cluster is formed anew after so many steps, since what was changed may have ended it.
    private static final int STEPS = 1_000;

    /// One cluster.
    private interface Run {
        /// @return how many frames were changed
        int with(FuzzedCluster cluster, RandomGenerator random, boolean odd);
    }

    @Test
    void whatIsDamagedOnTheWayThrowsNothingAndEndsNothing() {
        Map<WireDamage.Kind, Integer> done = new TreeMap<>();
        repeat((cluster, random, odd) -> {
            WireDamage little = new WireDamage(random, 20);
            cluster.meddleBy(odd ? little : null);
            cluster.form();
            WireDamage damage = new WireDamage(random, 100);
            cluster.meddleBy(damage);
            cluster.carry(STEPS);
            damage.done.forEach((kind, count) -> done.merge(kind, count, Integer::sum));
            recovers(cluster);
            return little.count() + damage.count();
        });
        Fuzz.expect(done.values().stream().allMatch(count -> count > Fuzz.ENGINE_FRAMES / 10), done.toString());
    }

    @Test
    void whatAnOutsiderSendsChangesNothingAndIsCounted() {
        Map<String, Long> dropped = new TreeMap<>();
        repeat((cluster, random, odd) -> {
            cluster.form();
            cluster.carry(100);
            cluster.turns(20);
            String before = cluster.standing();
            long answered = cluster.answered();
            Outsider outsider = new Outsider(cluster, random);
            cluster.meddleBy(outsider);
            cluster.carry(STEPS / 4);
            cluster.meddleBy(null);
            assertEquals(before, cluster.standing());
            cluster.turns(20);
            assertEquals(FuzzedCluster.DATAGRAMS * STEPS / 4, cluster.answered() - answered, "datagrams");
            outsider.dropped.forEach((reason, frames) -> dropped.merge(reason, frames, Long::sum));
            recovers(cluster);
            return outsider.count;
        });
        Fuzz.expect(dropped.size() >= 17, "reasons met: " + dropped);
    }

    @Test
    void whatABrokenMemberSaysThrowsNothingAndLeavesNoImageThatDoes() {
        Map<Integer, Integer> changed = new TreeMap<>();
        int[] said = new int[1];
        repeat((cluster, random, odd) -> {
            if (odd) {
                cluster.meddleBy(new BrokenMember(cluster.resealer, random, 5));
            }
            cluster.form();
            BrokenMember broken = new BrokenMember(cluster.resealer, random, 100);
            cluster.meddleBy(broken);
            for (int part = 0; part < 8; part++) {
                cluster.rename("fuzz" + part);
                cluster.carry(STEPS / 8);
                if (part % 4 == 3) {
                    cluster.failOver();
                }
            }
            cluster.restart();
            cluster.carry(STEPS / 8);
            cluster.meddleBy(null);
            cluster.turns(STEPS / 8);
            broken.changed.forEach((messageClass, count) -> changed.merge(messageClass, count, Integer::sum));
            said[0] += broken.said;
            return broken.count();
        });
        Fuzz.expect(changed.size() == 5, "by message class: " + changed);
        Fuzz.expect(said[0] > Fuzz.ENGINE_FRAMES / 4, "said something else: " + said[0]);
    }

    /// The cluster is whole, decides and carries what hosts send.
    private static void recovers(FuzzedCluster cluster) {
        cluster.meddleBy(null);
        cluster.turns(2_000);
        cluster.rename("after");
        cluster.turns(500);
        assertTrue(cluster.isWhole("after"), cluster::standing);
        long before = cluster.answered();
        cluster.carry(50);
        cluster.turns(20);
        long answered = cluster.answered() - before;
        assertTrue(answered >= 195, "of 200 datagrams " + answered);
    }

    private static void repeat(Run run) {
        int count = 0;
        for (long seed = Fuzz.SEED; count < Fuzz.ENGINE_FRAMES; seed++) {
            try {
                count += run.with(new FuzzedCluster(seed), new SplittableRandom(~seed), seed % 2 == 1);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("repeat with -Dfuzz.seed=" + seed + " -Dfuzz.frames=1", e);
            }
        }
    }
}
