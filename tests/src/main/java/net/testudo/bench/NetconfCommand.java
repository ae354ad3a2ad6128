package net.testudo.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How long NETCONF operations take, by the size of the configuration.
@Command(
        name = "netconf",
        mixinStandardHelpOptions = true,
        description = {
            "Real devices whose running holds so many firewall rules (8 leaves, 280 octets of XML each), and a client"
                    + " over SSH without Nagle's algorithm: one leaf edited and committed, one leaf read by its key, by"
                    + " one session and by several at once, all of it read, many rules added by one edit; and the"
                    + " memory that the processes of the master have then."
        })
final class NetconfCommand implements Callable<Integer> {
    private static final int DEVICES_MAX = 9;
    private static final int ENTRIES_MAX = 1_000_000;
    private static final int SESSIONS_MAX = 1_000;
    private static final int TIMES_MAX = 100_000;

    @Mixin
    private final Report report = new Report();

    @Option(
            names = "--devices",
            paramLabel = "N",
            split = ",",
            description = "how many devices, several numbers one after the other (1,3)")
    private List<Integer> devices = List.of(1, 3);

    @Option(
            names = "--entries",
            paramLabel = "N",
            split = ",",
            description = "how many rules, several numbers in growing order (10,100,400)")
    private List<Integer> entries = List.of(10, 100, 400);

    @Option(names = "--sessions", paramLabel = "N", description = "sessions that read at once (${DEFAULT-VALUE})")
    private int sessions = 50;

    @Option(
            names = "--times",
            paramLabel = "N",
            description = "how often each is done; the figure is the middle one (${DEFAULT-VALUE})")
    private int times = 21;

    @Option(names = "--warm-up", paramLabel = "N", description = "how often each is done before (${DEFAULT-VALUE})")
    private int warmUp = 300;

    @Option(names = "--added", paramLabel = "N", description = "rules that one edit adds (${DEFAULT-VALUE})")
    private int added = 100;

    @Override
    public Integer call() throws IOException {
        devices.forEach(count -> report.require("--devices", count, 1, DEVICES_MAX));
        entries.forEach(count -> report.require("--entries", count, 1, ENTRIES_MAX));
        report.require("--sessions", sessions, 1, SESSIONS_MAX);
        report.require("--times", times, 1, TIMES_MAX);
        report.require("--warm-up", warmUp, 0, TIMES_MAX);
        report.require("--added", added, 1, ENTRIES_MAX);
        for (int count : devices) {
            report.line("%d %s".formatted(count, count == 1 ? "device" : "devices"));
            try (NetconfBench bench = new NetconfBench(report, count)) {
                for (int size : entries) {
                    bench.measure(size, warmUp, times, sessions);
                }
                bench.measureAdding(added);
            }
        }
        report.write();
        return 0;
    }
}
