package net.testudo.sim.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.testudo.element.cluster.Timing;
import net.testudo.sim.world.DeviceProfile;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimWorld;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final long DEAD_NS = 20_000_000L;

    @Test
    void everyKindHappensAndNoneThatIsExcluded() {
        Set<FaultPlan.Kind> seen = EnumSet.noneOf(FaultPlan.Kind.class);
        for (long seed = 1; seed <= 8; seed++) {
            SimWorld world = world(seed);
            SeparationGuard guard = new SeparationGuard(world, world.networks());
            world.observe(new Observer() {
                @Override
                public void onFault(String what) {
                    assertTrue(guard.permits(), what);
                }
            });
            FaultPlan plan = new FaultPlan(world, new SplittableRandom(seed), guard, DEAD_NS);
            plan.begin();
            world.queue().runUntil(200 * DEAD_NS);
            seen.addAll(plan.counts().keySet());
        }
        assertEquals(EnumSet.allOf(FaultPlan.Kind.class), seen);
    }

    @Test
    void sameSeedGivesTheSamePlanAndAnotherSeedAnother() {
        assertEquals(faults(5), faults(5));
        assertNotEquals(faults(5), faults(6));
    }

    @Test
    void healingOpensAllPaths() {
        SimWorld world = world(3);
        SeparationGuard guard = new SeparationGuard(world, world.networks());
        FaultPlan plan = new FaultPlan(world, new SplittableRandom(3), guard, DEAD_NS);
        plan.begin();
        world.queue().runUntil(100 * DEAD_NS);
        plan.healEverything();
        for (var network : world.networks()) {
            for (int from = 0; from < 3; from++) {
                for (int to = 0; to < 3; to++) {
                    assertTrue(network.links().open(from, to));
                }
            }
        }
        world.devices().forEach(device -> assertEquals("RUNNING", device.state().name()));
    }

    private static List<String> faults(long seed) {
        SimWorld world = world(seed);
        List<String> faults = new ArrayList<>();
        world.observe(new Observer() {
            @Override
            public void onFault(String what) {
                faults.add(world.queue().nowNs() + " " + what);
            }
        });
        SeparationGuard guard = new SeparationGuard(world, world.networks());
        new FaultPlan(world, new SplittableRandom(seed), guard, DEAD_NS).begin();
        world.queue().runUntil(60 * DEAD_NS);
        return faults;
    }

    private static SimWorld world(long seed) {
        return new SimWorld(
                seed,
                List.of(
                        DeviceProfile.calm("S1", Timing.REAL_TIME),
                        DeviceProfile.calm("S2", Timing.REAL_TIME),
                        DeviceProfile.calm("S3", Timing.REAL_TIME)));
    }
}
