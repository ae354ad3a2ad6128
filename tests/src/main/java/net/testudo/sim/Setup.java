package net.testudo.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.testudo.element.cluster.Timing;
import net.testudo.sim.fault.FaultPlan;
import net.testudo.sim.world.DeviceProfile;
import net.testudo.sim.world.SimClock;
import net.testudo.sim.world.SimWorld;

/// What a run is made of before anything happens, drawn from its seed: devices, their times and clocks, and the
/// cluster's first configuration.
///
/// @param profiles of the devices
/// @param livenessNetworks data networks on which status travels too
/// @param witnessNetworks data networks whose host is configured as witness
/// @param deadNs the longest dead time of the devices
record Setup(List<DeviceProfile> profiles, List<String> livenessNetworks, List<String> witnessNetworks, long deadNs) {
    private static final long MS = 1_000_000L;
    private static final double DRIFT_MAX = 0.01;
    private static final int ALL_ORDINARY = 0;
    private static final int MIXED = 1;
    private static final int ALL_REAL_TIME = 2;

    /// Real-time times, with the long ones shortened so that a run of seconds sees them.
    static final Timing REAL_TIME = new Timing(5 * MS, 24 * MS, 40 * MS, 600 * MS, 300 * MS, 100 * MS);
    /// The same for ordinary scheduling.
    static final Timing ORDINARY = new Timing(25 * MS, 200 * MS, 200 * MS, 3_000 * MS, 1_500 * MS, 500 * MS);

    static Setup of(long seed, int devices) {
        SplittableRandom random = new SplittableRandom(~seed);
        return of(random, random.nextInt(8), devices);
    }

    /// For a gentle run. All devices have the same times: one whose lease is shorter than the status interval of
    /// another loses it at every turn. A pair has all witnesses and liveness paths: without them it does not
    /// outlive the death of one.
    static Setup gentle(long seed, int devices) {
        SplittableRandom random = new SplittableRandom(~seed);
        Setup setup = of(random, random.nextInt(3) == 0 ? ALL_ORDINARY : ALL_REAL_TIME, devices);
        return devices > 2
                ? setup
                : new Setup(setup.profiles, SimWorld.DATA_NETWORKS, SimWorld.DATA_NETWORKS, setup.deadNs);
    }

    private static Setup of(SplittableRandom random, int kind, int devices) {
        List<DeviceProfile> profiles = new ArrayList<>();
        for (int i = 1; i <= devices; i++) {
            boolean ordinary = kind == ALL_ORDINARY || (kind == MIXED && random.nextBoolean());
            profiles.add(profile("S" + i, ordinary ? ORDINARY : REAL_TIME, random));
        }
        long leaseNs = profiles.stream()
                .mapToLong(p -> Math.max(p.timing().leaseNs(), p.timing().pairLeaseNs()))
                .max()
                .orElse(0);
        return new Setup(profiles, someNetworks(random), someNetworks(random), Timing.deadNs(leaseNs));
    }

    private static DeviceProfile profile(String serial, Timing timing, RandomGenerator random) {
        double rate = random.nextInt(3) == 0
                ? (random.nextBoolean() ? 1 - DRIFT_MAX : 1 + DRIFT_MAX)
                : 1 - DRIFT_MAX + 2 * DRIFT_MAX * random.nextDouble();
        SimClock clock = new SimClock(FaultPlan.clockOffsetNs(random), rate);
        return new DeviceProfile(serial, timing, clock, timing.statusNs() / 50, 0.01);
    }

    /// Both data networks in three of four runs, else one or none.
    private static List<String> someNetworks(RandomGenerator random) {
        List<String> all = SimWorld.DATA_NETWORKS;
        return random.nextInt(4) > 0 ? all : all.subList(0, random.nextInt(2));
    }

    /// The configuration with which the first device forms the cluster.
    FirstConfiguration firstConfiguration() {
        return new FirstConfiguration(
                profiles.stream().map(DeviceProfile::serial).toList(), livenessNetworks, witnessNetworks, false);
    }
}
