package net.testudo.sim;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import net.testudo.sim.check.Checkers;
import net.testudo.sim.check.FlowsLive;
import net.testudo.sim.check.Violation;
import net.testudo.sim.fault.Damage;
import net.testudo.sim.fault.FaultPlan;
import net.testudo.sim.fault.SeparationGuard;
import net.testudo.sim.traffic.Conversation;
import net.testudo.sim.traffic.DataTraffic;
import net.testudo.sim.traffic.Protocol;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimNetwork;
import net.testudo.sim.world.SimWorld;
import org.jspecify.annotations.Nullable;

/// One run: form a cluster, break things for a while, heal everything, demand that it converges.
final class Simulation {
    private static final long SLICE_NS = 5_000_000L;
    private static final long EVENTS_PER_SLICE_MAX = 500_000;
    /// Bound of formation and convergence: room for the hold after a start, elections and joins one by one, and for
    /// one join that lost its partner and is given up after 15 s.
    private static final int BOUND_DEAD_TIMES = 100;

    /// One of so many runs is a gentle one.
    private static final int GENTLE_EACH = 16;

    private static final long BOUND_NS = 20_000_000_000L;

    private final long seed;
    private final Setup setup;
    private final SimWorld world;
    private final Checkers checkers;
    private final FaultPlan plan;
    private final Workload workload;
    private final DataTraffic traffic;
    private final FlowsLive flows;
    private final @Nullable GentleCourse gentle;
    private final @Nullable Damage damage;
    private final @Nullable Trace trace;

    /// @param seed decides everything
    /// @param manner gentle in any case in one of [#GENTLE_EACH] runs
    /// @param isTraced whether to keep what happened
    Simulation(long seed, int devices, Manner manner, boolean isTraced) {
        this.seed = seed;
        boolean gently = devices > 1 && (manner.gentle() || seed % GENTLE_EACH == GENTLE_EACH - 1);
        setup = gently ? Setup.gentle(seed, devices) : Setup.of(seed, devices);
        world = new SimWorld(seed, setup.profiles());
        Setup.install(seed, world);
        List<SimNetwork> paths = world.networks().stream()
                .filter(n -> n == world.cluster() || setup.livenessNetworks().contains(n.name()))
                .toList();
        plan = new FaultPlan(world, world.splitRandom(), new SeparationGuard(world, paths), setup.deadNs());
        workload = new Workload(
                world,
                world.splitRandom(),
                setup.firstConfiguration(manner.damage()).content(),
                setup.deadNs());
        traffic = new DataTraffic(world, world.splitRandom());
        flows = new FlowsLive(world, traffic);
        gentle = gently
                ? new GentleCourse(world, world.splitRandom(), traffic, flows, new Time(), setup.deadNs())
                : null;
        MemberChanges changes = new MemberChanges(world, world.splitRandom());
        workload.changeMembers(changes, manner.changes() && !gently);
        damage = manner.damage() && !gently ? new Damage(world, world.splitRandom(), setup.deadNs()) : null;
        trace = isTraced ? new Trace(world) : null;
        if (trace != null) {
            world.observe(trace);
        }
        world.observe(workload);
        checkers = Checkers.on(world);
    }

    /// Runs it.
    ///
    /// @param faultDeadTimes how long things break, in dead times
    SeedResult run(int faultDeadTimes) {
        SeedResult.Failure failure = null;
        try {
            form();
            if (gentle == null) {
                breakThings(faultDeadTimes * setup.deadNs());
            } else {
                checkers.natStable().demandDatagrams(true);
                gentle.run();
                checkers.natStable().demandDatagrams(false);
            }
            converge();
        } catch (Violation violation) {
            failure = new SeedResult.Failure(violation.checker(), String.valueOf(violation.getMessage()));
        } catch (RuntimeException | AssertionError error) {
            StringWriter text = new StringWriter();
            error.printStackTrace(new PrintWriter(text));
            failure = new SeedResult.Failure("no-exception", text.toString());
        }
        if (trace != null && failure != null) {
            trace.end();
        }
        return new SeedResult(
                seed,
                world.queue().nowNs(),
                world.queue().done(),
                checkers.oneMasterPerEpoch().epochs(),
                checkers.commitsKept().acknowledgedCount(),
                faults(),
                traffic.all().size(),
                checkers.noDoubles().passed(),
                gentle == null ? Map.of() : gentle.interruptions(),
                failure,
                trace == null ? List.of() : trace.lines());
    }

    private void form() {
        world.devices().forEach(SimDevice::start);
        workload.begin();
        traffic.begin();
        // in one of four runs the faults begin with the very first revision
        if (seed % 4 == 0 && gentle == null) {
            return;
        }
        new Time().untilWhole(() -> {});
        flows.requireUninterrupted("formation", setup.deadNs() + GentleCourse.BEYOND_DEAD_NS);
    }

    private void breakThings(long durationNs) {
        workload.setCalm(false);
        plan.begin();
        if (damage != null) {
            damage.begin();
        }
        long untilNs = world.queue().nowNs() + durationNs;
        while (world.queue().nowNs() < untilNs) {
            slice();
        }
    }

    private int faults() {
        return gentle == null
                ? plan.counts().values().stream().mapToInt(Integer::intValue).sum()
                        + (damage == null ? 0 : damage.count())
                : gentle.faults();
    }

    /// How time passes in a gentle run.
    private final class Time implements GentleCourse.Course {
        @Override
        public void pass(long durationNs, Runnable each) {
            long untilNs = world.queue().nowNs() + durationNs;
            while (world.queue().nowNs() < untilNs) {
                slice();
                each.run();
            }
        }

        @Override
        public void untilWhole(Runnable each) {
            boolean whole = runUntil(() -> {
                each.run();
                return Convergence.missing(world) == null;
            });
            if (!whole) {
                throw new Violation("formation", Convergence.missing(world) + ": " + Convergence.describe(world));
            }
        }
    }

    private void converge() {
        workload.setCalm(true);
        if (damage != null) {
            damage.end();
        }
        plan.healEverything();
        long healedNs = world.queue().nowNs();
        if (!runUntil(() -> workload.acknowledgedAtNs() > healedNs && Convergence.missing(world) == null)) {
            String missing = Convergence.missing(world);
            throw new Violation(
                    "liveness",
                    (missing == null ? "no commit is acknowledged" : missing) + ": " + Convergence.describe(world));
        }
        openAnew();
    }

    private void openAnew() {
        traffic.pause();
        Conversation in = traffic.open(Protocol.TCP, DataTraffic.OUTSIDE, 5_000);
        Conversation out = traffic.open(Protocol.TCP, DataTraffic.INSIDE, 7_000);
        if (!runUntil(() -> in.isOpen() && out.isOpen())) {
            throw new Violation("flows-live", "new flows do not open: " + in + ", " + out);
        }
    }

    private boolean runUntil(BooleanSupplier reached) {
        long untilNs = world.queue().nowNs() + BOUND_NS + BOUND_DEAD_TIMES * setup.deadNs();
        while (world.queue().nowNs() < untilNs) {
            slice();
            if (reached.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    private void slice() {
        long before = world.queue().done();
        world.queue().runUntil(world.queue().nowNs() + SLICE_NS);
        if (world.queue().done() - before > EVENTS_PER_SLICE_MAX) {
            throw new Violation("bounded-work", (world.queue().done() - before) + " events within 5 ms");
        }
    }
}
