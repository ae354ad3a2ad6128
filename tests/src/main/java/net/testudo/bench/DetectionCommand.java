package net.testudo.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import net.testudo.lab.LabException;
import net.testudo.lab.Scheduling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How long a cluster of real devices takes to replace a master that lost its power.
@Command(
        name = "detection",
        mixinStandardHelpOptions = true,
        description = {
            "The master of three devices loses its power, again and again. Detection, vote and adoption are those of"
                    + " the record of the failover: from when the old master was last heard until another device stood,"
                    + " until it had the votes, until it served and had taken over the flows. The interruption is what"
                    + " a host saw whose datagrams pass the cluster each millisecond."
        })
final class DetectionCommand implements Callable<Integer> {
    private static final int DEVICES = 3;
    private static final double TARGET_MS = 45;
    private static final int TIMES_MAX = 10_000;
    private static final String PROBE = "probe";
    private static final Duration INTERVAL = Duration.ofMillis(1);

    @Mixin
    private final Report report = new Report();

    @Mixin
    private final DeadTime deadTime = new DeadTime();

    @Option(names = "--times", paramLabel = "K", description = "how often the master dies (${DEFAULT-VALUE})")
    private int times = 20;

    @Option(names = "--ordinary", description = "the devices have no real-time scheduling")
    private boolean ordinary;

    private final Samples detection = new Samples();
    private final Samples vote = new Samples();
    private final Samples adoption = new Samples();
    private final Samples sum = new Samples();
    private final Samples interruption = new Samples();

    @Override
    public Integer call() throws IOException {
        report.require("--times", times, 1, TIMES_MAX);
        deadTime.check(report);
        boolean realTime = !ordinary && Scheduling.isRealTime();
        report.line(DEVICES + " devices, " + (realTime ? "with" : "without") + " real-time scheduling, "
                + deadTime.words() + "; the master loses its power " + times + " times");
        try (DeviceCluster cluster = new DeviceCluster(DEVICES, realTime)) {
            deadTime.set(cluster);
            cluster.probe(PROBE, INTERVAL);
            for (int time = 1; time <= times; time++) {
                once(cluster);
            }
        }
        String scheduling = realTime ? "" : "-ordinary";
        both("detection" + scheduling, detection);
        both("vote" + scheduling, vote);
        both("adoption" + scheduling, adoption);
        report.add(realTime ? all("median", sum.median()).atMost(TARGET_MS) : all("median", sum.median()));
        report.add(all("max", sum.max()));
        both("interruption" + scheduling, interruption);
        report.write();
        return 0;
    }

    private void both(String name, Samples samples) {
        report.add(Figure.of(name + "-median", samples.median(), "ms"));
        report.add(Figure.of(name + "-max", samples.max(), "ms"));
    }

    private Figure all(String which, double value) {
        return Figure.of("detection-vote-adoption" + (ordinary ? "-ordinary-" : "-") + which, value, "ms");
    }

    private void once(DeviceCluster cluster) {
        int master = cluster.master();
        cluster.client().mark(PROBE);
        cluster.powerOff(master);
        cluster.awaitOtherMaster(master);
        cluster.awaitEchoes(PROBE);
        double gapMs = cluster.client().probeReport(PROBE).longestGapNs() / 1e6;
        Map<String, Long> election = cluster.newestElection();
        cluster.powerOn(master);
        cluster.awaitWhole();
        double detectionMs = part(election, "detection");
        double voteMs = part(election, "vote");
        double adoptionMs = part(election, "adoption");
        detection.add(detectionMs);
        vote.add(voteMs);
        adoption.add(adoptionMs);
        sum.add(detectionMs + voteMs + adoptionMs);
        interruption.add(gapMs);
        report.line("  detection %6.1f  vote %5.1f  adoption %5.1f (serves after %5.1f)  interruption %6.1f ms"
                .formatted(detectionMs, voteMs, adoptionMs, part(election, "serving"), gapMs));
    }

    private static double part(Map<String, Long> election, String name) {
        Long us = election.get(name);
        if (us == null) {
            throw new LabException("the record of the failover has no " + name + ": " + election);
        }
        return us / 1e3;
    }
}
