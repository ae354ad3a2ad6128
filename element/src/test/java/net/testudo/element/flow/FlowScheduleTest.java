package net.testudo.element.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random schedules of crashes, restarts, lapses, stalls, lost sessions and new epochs. A failure names its seed.
class FlowScheduleTest {
    private static final int SEEDS = 100;
    private static final int STEPS = 1_500;

    static java.util.stream.LongStream seeds() {
        String one = System.getProperty("flow.seed", "");
        return one.isEmpty()
                ? java.util.stream.LongStream.rangeClosed(1, SEEDS)
                : java.util.stream.LongStream.of(Long.parseLong(one));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsOwnedTwiceAndNothingLeaks(long seed) {
        int count = 2 + (int) (seed % 3);
        FlowCluster cluster = new FlowCluster(seed, count);
        cluster.form();
        for (int i = 0; i < STEPS; i++) {
            step(cluster, count);
        }
        heal(cluster, count);
        assertEquals(0, cluster.devices[cluster.master].node.counter(FlowCounter.OWNER_CONFLICTS));
        endAll(cluster, count);
        String state = describe(cluster, count);
        for (int d = 1; d <= count; d++) {
            assertEquals(0, cluster.devices[d].node.owner().table().size(), "flows owned by " + d + state);
            assertEquals(0, cluster.devices[d].portsInUse.size(), "ports at " + d + state);
        }
        assertEquals(0, cluster.devices[cluster.master].node.master().table().size(), "flows at the master" + state);
        int backup = cluster.backup();
        assertEquals(0, cluster.devices[backup].node.master().table().size(), "flows at the backup" + state);
    }

    private static String describe(FlowCluster cluster, int count) {
        StringBuilder text = new StringBuilder();
        for (int d = 1; d <= count; d++) {
            text.append("\n").append(cluster.devices[d].node);
        }
        return text.toString();
    }

    private static void step(FlowCluster cluster, int count) {
        Random random = cluster.random;
        int a = 1 + random.nextInt(count);
        int b = 1 + random.nextInt(count);
        cluster.now += random.nextInt(400_000);
        int what = random.nextInt(200);
        if (what < 60) {
            cluster.work(a);
        } else if (what < 120 && a != b) {
            int messages = random.nextInt(6);
            boolean bulk = random.nextBoolean();
            for (int i = 0; i < messages; i++) {
                cluster.deliver(a, b, bulk);
            }
        } else if (what < 150) {
            cluster.open();
        } else if (what < 160) {
            cluster.endAt(a);
        } else if (what < 180) {
            cluster.renewAll();
            cluster.announce(a);
            cluster.follow(cluster.devices[a]);
        } else {
            fault(cluster, what - 180, a, b);
        }
        cluster.check();
    }

    private static void fault(FlowCluster cluster, int what, int a, int b) {
        FlowCluster.Device device = cluster.devices[a];
        switch (what) {
            case 0 -> {
                if (a != b) {
                    cluster.disconnect(a, b);
                }
            }
            case 1, 2, 3 -> {
                if (a != b && device.sessionBoot[b] == 0) {
                    cluster.connect(a, b);
                }
            }
            case 4 -> device.starved = true;
            case 5, 6 -> device.starved = false;
            case 7 -> {
                if (device.up && cluster.random.nextInt(4) == 0) {
                    cluster.crash(a);
                }
            }
            case 8, 9 -> {
                if (!device.up) {
                    device.start();
                }
            }
            case 10 -> {
                if (a != cluster.master) {
                    cluster.suspended = cluster.suspended.with(a);
                }
            }
            case 11, 12, 13 -> {
                if (device.up) {
                    cluster.suspended = cluster.suspended.without(a);
                }
            }
            case 14 -> {
                if (device.up) {
                    device.node.onStall(cluster.now);
                }
            }
            case 15, 16 -> {
                if (device.up && !cluster.suspended.contains(a) && isMasterSilent(cluster)) {
                    cluster.lead(a);
                }
            }
            case 17 -> {
                boolean standby = cluster.standby.contains(a);
                cluster.standby = standby ? cluster.standby.without(a) : cluster.standby.with(a);
            }
            default -> {
                if (device.up) {
                    cluster.follow(device);
                }
            }
        }
    }

    /// The lease of the old master ran out, or it steps down.
    private static boolean isMasterSilent(FlowCluster cluster) {
        return !cluster.devices[cluster.master].leased() || cluster.random.nextInt(3) == 0;
    }

    private static void heal(FlowCluster cluster, int count) {
        cluster.suspended = net.testudo.element.net.DeviceSet.NONE;
        cluster.standby = net.testudo.element.net.DeviceSet.NONE;
        for (int d = 1; d <= count; d++) {
            if (!cluster.devices[d].up) {
                cluster.devices[d].start();
            }
            cluster.devices[d].starved = false;
        }
        cluster.connectAll();
        cluster.settle();
        cluster.settle();
    }

    private static void endAll(FlowCluster cluster, int count) {
        for (int round = 0; round < 3; round++) {
            for (int d = 1; d <= count; d++) {
                while (cluster.devices[d].node.owner().carried() > 0) {
                    cluster.endAt(d);
                }
            }
            cluster.settle();
        }
    }
}
