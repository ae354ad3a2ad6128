package net.testudo.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.sim.check.FlowsLive;
import net.testudo.sim.check.Violation;
import net.testudo.sim.fault.SingleFault;
import net.testudo.sim.traffic.DataTraffic;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;

/// The gentle form of a run: one fault of one device at a time, each time after everything is in order again, and no
/// host may notice it.
final class GentleCourse {
    /// What may pass beyond the dead time until a flow goes on: the election, reports of all members, assignment.
    static final long BEYOND_DEAD_NS = 250_000_000L;

    private static final int FAULTS = 2;
    /// Until all messages follow at another pace.
    private static final long SETTLE_NS = 600_000_000L;
    /// How long messages follow fast after a change.
    private static final long MEASURED_NS = 1_000_000_000L;

    private final SimWorld world;
    private final RandomGenerator random;
    private final DataTraffic traffic;
    private final FlowsLive flows;
    private final Course course;
    private final long deadNs;
    private final long boundNs;
    private final Map<String, List<Long>> interruptions = new LinkedHashMap<>();
    private int faults;

    /// How time passes.
    interface Course {
        /// Lets time pass, doing `each` every few milliseconds.
        void pass(long durationNs, Runnable each);

        /// Waits until the cluster is whole.
        ///
        /// @throws Violation if that takes too long
        void untilWhole(Runnable each);
    }

    /// @param random its own stream
    /// @param deadNs the longest dead time of the devices
    GentleCourse(
            SimWorld world, RandomGenerator random, DataTraffic traffic, FlowsLive flows, Course course, long deadNs) {
        this.world = world;
        this.random = random;
        this.traffic = traffic;
        this.course = course;
        this.flows = flows;
        this.deadNs = deadNs;
        this.boundNs = deadNs + BEYOND_DEAD_NS;
    }

    /// How many faults there were.
    int faults() {
        return faults;
    }

    /// The longest wait of a host at each fault, by what happened.
    Map<String, List<Long>> interruptions() {
        return interruptions;
    }

    /// Does it.
    ///
    /// @throws Violation if a host noticed
    void run() {
        for (int i = 0; i < FAULTS; i++) {
            traffic.setPace(DataTraffic.Pace.SLOW);
            untilInSync();
            traffic.setPace(DataTraffic.Pace.FAST);
            course.pass(SETTLE_NS, () -> {});
            SingleFault fault = SingleFault.any(world, random);
            flows.demand(fault.toString(), boundNs);
            faults++;
            fault.begin(world);
            course.pass(MEASURED_NS, flows::check);
            traffic.setPace(DataTraffic.Pace.SLOW);
            course.pass(Math.max(0, fault.durationNs() - MEASURED_NS - SETTLE_NS), flows::check);
            traffic.setPace(DataTraffic.Pace.FAST);
            course.pass(SETTLE_NS, flows::check);
            fault.end(world);
            course.pass(MEASURED_NS, flows::check);
            traffic.setPace(DataTraffic.Pace.SLOW);
            course.untilWhole(flows::check);
            interruptions
                    .computeIfAbsent(fault.name() + ", dead time " + deadNs / 1_000_000 + " ms", _ -> new ArrayList<>())
                    .add(flows.longestNs());
        }
        traffic.setPace(DataTraffic.Pace.SLOW);
    }

    private void untilInSync() {
        course.untilWhole(() -> {});
        for (int i = 0; i < 100 && !isInSync(); i++) {
            course.pass(boundNs / 4, () -> {});
        }
        if (!isInSync()) {
            throw new Violation("flows-live", "members are not in sync: " + Convergence.describe(world));
        }
    }

    private boolean isInSync() {
        for (SimDevice device : world.devices()) {
            ElementSnapshot snapshot = device.masterServing() ? device.snapshot() : null;
            if (snapshot != null && snapshot.members().stream().allMatch(ElementSnapshot.MemberState::inSync)) {
                return true;
            }
        }
        return false;
    }
}
