package net.testudo.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import net.testudo.element.cluster.Timing;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.sim.fault.FaultPlan;
import net.testudo.sim.world.DeviceProfile;
import net.testudo.sim.world.SimClock;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;

/// What a run is made of before anything happens, drawn from its seed: devices, their times and clocks, and the
/// cluster's first configuration.
///
/// @param profiles of the devices
/// @param livenessNetworks data networks on which status travels too
/// @param witnessNetworks data networks whose host is configured as witness
/// @param deadNs the longest dead time of the devices
/// @param election lines about the role of the master
record Setup(
        List<DeviceProfile> profiles,
        List<String> livenessNetworks,
        List<String> witnessNetworks,
        long deadNs,
        List<String> election) {
    private static final long MS = 1_000_000L;
    private static final double DRIFT_MAX = 0.01;
    private static final long VERSIONS_SALT = 0x9e37_79b9_7f4a_7c15L;
    private static final long SKEW_MAX_MS = 86_400_000;
    private static final int ALL_ORDINARY = 0;
    private static final int MIXED = 1;
    private static final int ALL_REAL_TIME = 2;

    /// Real-time times, with the long ones shortened so that a run of seconds sees them.
    static final Timing REAL_TIME = new Timing(5 * MS, 24 * MS, 40 * MS, 600 * MS, 300 * MS, 100 * MS);
    /// The same for ordinary scheduling.
    static final Timing ORDINARY = new Timing(25 * MS, 200 * MS, 200 * MS, 3_000 * MS, 1_500 * MS, 500 * MS);

    static Setup of(long seed, int devices) {
        SplittableRandom random = new SplittableRandom(~seed);
        return of(random, random.nextInt(8), devices, election(seed, devices));
    }

    /// For a gentle run. A pair has all witnesses and liveness paths: without them it does not
    /// outlive the death of one.
    static Setup gentle(long seed, int devices) {
        SplittableRandom random = new SplittableRandom(~seed);
        Setup setup = of(random, random.nextInt(ALL_REAL_TIME + 1), devices, List.of());
        return devices > 2
                ? setup
                : new Setup(setup.profiles, SimWorld.DATA_NETWORKS, SimWorld.DATA_NETWORKS, setup.deadNs, List.of());
    }

    private static Setup of(SplittableRandom random, int kind, int devices, List<String> election) {
        List<DeviceProfile> profiles = new ArrayList<>();
        for (int i = 1; i <= devices; i++) {
            boolean ordinary = kind == ALL_ORDINARY || (kind == MIXED && random.nextBoolean());
            profiles.add(profile("S" + i, ordinary ? ORDINARY : REAL_TIME, random));
        }
        long leaseNs = profiles.stream()
                .mapToLong(p -> Math.max(p.timing().leaseNs(), p.timing().pairLeaseNs()))
                .max()
                .orElse(0);
        return new Setup(profiles, someNetworks(random), someNetworks(random), Timing.deadNs(leaseNs), election);
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

    /// Installs what differs between machines and decides nothing: software of the newest version of the cluster
    /// protocol or of the one before, in one of four runs on all the newest, and wall clocks, in half of the runs
    /// wrong.
    static void install(long seed, SimWorld world) {
        SplittableRandom random = new SplittableRandom(seed * VERSIONS_SALT);
        boolean allNewest = random.nextInt(4) == 0;
        boolean rightClocks = random.nextBoolean();
        for (SimDevice device : world.devices()) {
            boolean newest = random.nextBoolean() || allNewest;
            device.install(new ProtocolVersions(ProtocolVersions.NEWEST - (newest ? 0 : 1)));
            device.skewWallClock(rightClocks ? 0 : random.nextLong(-SKEW_MAX_MS, SKEW_MAX_MS));
        }
    }

    /// The configuration with which the first device forms the cluster.
    ///
    /// @param exchanged whether other devices may come in the place of these
    FirstConfiguration firstConfiguration(boolean exchanged) {
        return new FirstConfiguration(
                profiles.stream()
                        .flatMap(p -> exchanged ? Stream.of(p, p.exchanged()) : Stream.of(p))
                        .map(DeviceProfile::serial)
                        .toList(),
                livenessNetworks,
                witnessNetworks,
                false,
                election);
    }

    /// How the role of the master moves, and whose half serves in an even split. Not drawn: a seed keeps its course.
    private static List<String> election(long seed, int devices) {
        List<String> lines = new ArrayList<>();
        String root = "testudo-election:election/";
        int tieBreaker = Math.floorMod(seed, 3);
        if (tieBreaker == 1) {
            lines.add(root + "tie-breaker/choice = backup-master");
        } else if (tieBreaker == 2) {
            lines.add(root + "tie-breaker/choice = master");
        }
        if (Math.floorMod(seed, 4) == 1) {
            lines.add(root + "max-term = 2");
        } else if (Math.floorMod(seed, 4) == 2) {
            lines.add(root + "preemption/enabled = true");
            lines.add(root + "preemption/hold-time = 1");
            lines.add(root + "self-request/below-health = 80");
            lines.add(root + "self-request/hold-time = 1");
            lines.add("member[serial='S" + devices + "']/testudo-election:priority = 150");
        }
        return lines;
    }
}
