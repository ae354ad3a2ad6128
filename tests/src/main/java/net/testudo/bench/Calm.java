package net.testudo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whether a cluster of real devices went on undisturbed during a measurement: no master replaced, no lease lost, turns
/// of the duty cycle in time.
final class Calm {
    private static final double US_PER_MS = 1e3;

    private final DeviceCluster cluster;
    private final List<Map<String, Long>> before;
    private final long switches;
    private final long leases;

    /// What is told later is since now.
    Calm(DeviceCluster cluster) {
        this.cluster = cluster;
        before = counters(cluster);
        switches = cluster.events("master-switched");
        leases = cluster.events("lease-lost");
    }

    /// @param end of the names of the figures
    void report(Report report, String end) {
        report.add(Figure.of("failovers" + end, (double) (cluster.events("master-switched") - switches), "")
                .atMost(0));
        report.add(Figure.of("leases-lost" + end, (double) (cluster.events("lease-lost") - leases), "")
                .atMost(0));
        List<Map<String, Long>> after = counters(cluster);
        for (String name : after.getFirst().keySet()) {
            if (name.startsWith("turns-late-")) {
                double turns = 0;
                for (int i = 0; i < after.size(); i++) {
                    turns += after.get(i).getOrDefault(name, 0L) - before.get(i).getOrDefault(name, 0L);
                }
                report.add(Figure.of(name + end, turns, "turns"));
            }
        }
        for (int i = 0; i < after.size(); i++) {
            double us = after.get(i).getOrDefault("turn-latest-us", 0L);
            report.add(Figure.of("latest-turn-since-start-device-" + (i + 1) + end, us / US_PER_MS, "ms"));
        }
    }

    private static List<Map<String, Long>> counters(DeviceCluster cluster) {
        List<Map<String, Long>> counters = new ArrayList<>();
        for (int device = 1; device <= cluster.count(); device++) {
            counters.add(cluster.counters(device));
        }
        return counters;
    }
}
