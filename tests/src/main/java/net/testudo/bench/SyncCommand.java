package net.testudo.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How fast run-time data gets from one device to another.
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = {
            "Run-time data from one device to another, in processes and namespaces of their own: records that are"
                    + " sealed, sent in order over the cluster port, counted and acknowledged by their receiver."
                    + " First as many as go, compared with what one core seals and opens by the JDK's cipher alone;"
                    + " then 50,000 a second, and how long each waits for its acknowledgement."
        })
final class SyncCommand implements Callable<Integer> {
    private static final int RECORDS_MIN = 1_000;
    private static final int RECORDS_MAX = 100_000_000;
    private static final int OCTETS_MAX = 1_200;
    private static final int ROUNDS_MAX = 100;
    private static final int SECONDS_MAX = 600;

    @Mixin
    private final Report report = new Report();

    @Option(names = "--records", paramLabel = "N", description = "records of one round (${DEFAULT-VALUE})")
    private int records = 1_000_000;

    @Option(names = "--octets", paramLabel = "N", description = "length of a record (${DEFAULT-VALUE})")
    private int octets = 100;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "rounds that are measured (${DEFAULT-VALUE}); two more come first, to warm up")
    private int rounds = 5;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "for how long records come at an even rate (${DEFAULT-VALUE}); 0 for not at all")
    private int seconds = 10;

    @Override
    public Integer call() throws IOException {
        report.require("--records", records, RECORDS_MIN, RECORDS_MAX);
        report.require("--octets", octets, SyncSender.RECORD_OCTETS_MIN, OCTETS_MAX);
        report.require("--rounds", rounds, 1, ROUNDS_MAX);
        report.require("--seconds", seconds, 0, SECONDS_MAX);
        new SyncBench(report).run(records, octets, rounds, seconds);
        report.write();
        return 0;
    }
}
