package net.testudo.sim.fault;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import net.testudo.sim.world.Conditions;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimNetwork;
import net.testudo.sim.world.SimWorld;

/// Breaks things at random moments until it is told to heal. The intervals are in proportion to the dead time of the
/// devices, so that faults fall into elections, commits and joins.
public final class FaultPlan {
    /// What can break, and how often in a hundred.
    public enum Kind {
        /// One path between two devices, one or both directions.
        CUT_PATH(14),
        /// One device off the cluster network, perhaps off the data networks.
        ISOLATE(10),
        /// The devices fall into two parts.
        PARTITION(9),
        /// One cable is pulled or plugged.
        PLUG(4),
        /// A witness goes or comes.
        WITNESS(2),
        /// All networks are whole again.
        HEAL_ALL(14),
        /// One network is whole again.
        HEAL_ONE(6),
        /// One device dies.
        CRASH(9),
        /// All devices die.
        CRASH_ALL(3),
        /// Dead devices start.
        RESTART(14),
        /// One device gets no processor time, and later finds a backlog.
        STALL(8),
        /// A disk becomes slow or full, or well.
        DISK(4),
        /// A network loses, delays, doubles and reorders more or less.
        CONDITIONS(6),
        /// What a device works with is altered behind everybody's back.
        ALTER(2);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    private static final double BURST_SHARE = 0.3;

    private final SimWorld world;
    private final RandomGenerator random;
    private final long deadNs;
    private final DeviceFaults devices;
    private final Map<Kind, BooleanSupplier> actions = new EnumMap<>(Kind.class);
    private final List<Kind> lots = new ArrayList<>();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private boolean active;

    /// @param random the plan's own stream
    /// @param deadNs the longest dead time of the devices
    public FaultPlan(SimWorld world, RandomGenerator random, SeparationGuard guard, long deadNs) {
        this.world = world;
        this.random = random;
        this.deadNs = deadNs;
        PathFaults paths = new PathFaults(world, random, guard);
        devices = new DeviceFaults(world, random, deadNs);
        actions.put(Kind.CUT_PATH, paths::cutPath);
        actions.put(Kind.ISOLATE, paths::isolate);
        actions.put(Kind.PARTITION, paths::partition);
        actions.put(Kind.PLUG, paths::togglePlug);
        actions.put(Kind.WITNESS, paths::toggleWitness);
        actions.put(Kind.HEAL_ALL, paths::healAll);
        actions.put(Kind.HEAL_ONE, paths::healOne);
        actions.put(Kind.CRASH, devices::crash);
        actions.put(Kind.CRASH_ALL, devices::crashAll);
        actions.put(Kind.RESTART, devices::restart);
        actions.put(Kind.STALL, devices::stall);
        actions.put(Kind.DISK, devices::disk);
        actions.put(Kind.CONDITIONS, devices::conditions);
        actions.put(Kind.ALTER, devices::alter);
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < kind.weight; i++) {
                lots.add(kind);
            }
        }
    }

    /// A clock reading to start from: any sign, up to 18 years from zero.
    public static long clockOffsetNs(RandomGenerator random) {
        return random.nextLong() >> 4;
    }

    /// Begins to break things.
    public void begin() {
        active = true;
        for (SimNetwork network : world.networks()) {
            network.setConditions(Conditions.USUAL);
        }
        scheduleNext();
    }

    /// Stops breaking things and repairs all: paths, networks, disks, devices.
    public void healEverything() {
        active = false;
        devices.end();
        world.fault("heal everything");
        world.healPaths();
        for (SimNetwork network : world.networks()) {
            network.setConditions(Conditions.USUAL);
            network.setHub(false);
        }
        for (SimDevice device : world.devices()) {
            device.disk().setFull(false);
            device.disk().setSlowShare(0);
            device.resume();
            device.start();
        }
    }

    /// How often each kind was done.
    public Map<Kind, Integer> counts() {
        return counts;
    }

    private void scheduleNext() {
        long delayNs = random.nextDouble() < BURST_SHARE ? random.nextLong(deadNs / 4) : random.nextLong(4 * deadNs);
        world.queue().after(delayNs, () -> {
            if (active) {
                Kind kind = lots.get(random.nextInt(lots.size()));
                BooleanSupplier action = actions.get(kind);
                if (action != null && action.getAsBoolean()) {
                    counts.merge(kind, 1, Integer::sum);
                }
                scheduleNext();
            }
        });
    }
}
