package net.testudo.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import net.testudo.lab.LabProcess;
import net.testudo.lab.Scheduling;
import net.testudo.lab.traffic.ProbeReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Whether a cluster of real devices stays as it is while its machine is busy.
@Command(
        name = "steady",
        mixinStandardHelpOptions = true,
        description = {
            "Nothing fails, but every core is kept busy by other programs and datagrams pass the cluster: no master may"
                    + " be replaced. First with real-time scheduling, where it is granted, then without."
        })
final class SteadyCommand implements Callable<Integer> {
    private static final int DEVICES = 3;
    private static final String PROBE = "load";
    private static final String MEASURING = "measuring";
    private static final Duration MEASURING_INTERVAL = Duration.ofMillis(2);
    private static final double NS_PER_MINUTE = 60e9;
    private static final int MINUTES_MAX = 10_000;
    private static final int BUSY_MAX = 1_000;
    private static final int DATAGRAMS_MAX = 1_000_000;

    @Mixin
    private final Report report = new Report();

    @Mixin
    private final DeadTime deadTime = new DeadTime();

    @Option(names = "--minutes", paramLabel = "N", description = "how long, each (${DEFAULT-VALUE})")
    private double minutes = 10;

    @Option(
            names = "--busy",
            paramLabel = "N",
            description = "programs that keep a core busy (one for each core: ${DEFAULT-VALUE})")
    private int busy = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--datagrams",
            paramLabel = "N",
            description = "datagrams a second, each answered by another (${DEFAULT-VALUE})")
    private int datagrams = 2_000;

    @Option(
            names = "--scheduling",
            paramLabel = "KIND",
            description = "one of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}, one after the other)")
    private Kind kind = Kind.BOTH;

    /// Which scheduling the devices have.
    enum Kind {
        BOTH,
        REAL_TIME,
        ORDINARY
    }

    @Override
    public Integer call() throws IOException {
        report.require("--minutes", minutes, 0, MINUTES_MAX);
        deadTime.check(report);
        report.require("--busy", busy, 0, BUSY_MAX);
        report.require("--datagrams", datagrams, 0, DATAGRAMS_MAX);
        if (kind != Kind.ORDINARY && Scheduling.isRealTime()) {
            measure(true);
        }
        if (kind != Kind.REAL_TIME) {
            measure(false);
        }
        report.write();
        return 0;
    }

    private void measure(boolean realTime) {
        report.line("%d devices %s real-time scheduling, %s, %d busy programs, %d datagrams/s each way, %.1f minutes"
                .formatted(DEVICES, realTime ? "with" : "without", deadTime.words(), busy, datagrams, minutes));
        try (DeviceCluster cluster = new DeviceCluster(DEVICES, realTime)) {
            deadTime.set(cluster);
            cluster.probe(MEASURING, MEASURING_INTERVAL);
            if (datagrams > 0) {
                cluster.probe(PROBE, Duration.ofNanos(1_000_000_000L / datagrams));
            }
            Calm calm = new Calm(cluster);
            cluster.client().mark(MEASURING);
            List<LabProcess> programs = load(cluster);
            last();
            programs.forEach(LabProcess::kill);
            ProbeReport probe = cluster.client().probeResult(MEASURING);
            String end = realTime ? "-real-time" : "-ordinary";
            calm.report(report, end);
            report.add(Figure.of("longest-gap" + end, probe.longestGapNs() / 1e6, "ms"));
            report.add(Figure.of("datagrams-lost" + end, (double) probe.lost(), "of " + probe.sent()));
        }
    }

    private List<LabProcess> load(DeviceCluster cluster) {
        List<LabProcess> programs = new ArrayList<>();
        for (int i = 1; i <= busy; i++) {
            // A session of its own each: the kernel may share the cores by session.
            List<String> command = List.of("setsid", "sh", "-c", "while :; do :; done");
            programs.add(
                    cluster.lab().start("busy-" + i, cluster.lab().topology().client(), command, Map.of()));
        }
        return programs;
    }

    private void last() {
        long startNs = System.nanoTime();
        for (int minute = 1; minute - 1 < minutes; minute++) {
            long untilNs = startNs + (long) (Math.min(minute, minutes) * NS_PER_MINUTE);
            while (untilNs - System.nanoTime() > 0) {
                LockSupport.parkNanos(untilNs - System.nanoTime());
            }
            report.line("  minute %d of %.1f".formatted(minute, minutes));
        }
    }
}
