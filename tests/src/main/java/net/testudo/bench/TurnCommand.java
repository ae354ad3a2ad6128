package net.testudo.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a turn of the duty cycle costs.
@Command(
        name = "turn",
        mixinStandardHelpOptions = true,
        description = {
            "One turn of the duty cycle of a master and of its members, three engines in this process on ports that"
                    + " cost next to nothing: without anything to do, and with one frame of a known flow that the"
                    + " device carries itself or relays. Time and allocated octets."
        })
final class TurnCommand implements Callable<Integer> {
    private static final int TURNS_MIN = 1_000;
    private static final int TURNS_MAX = 100_000_000;
    private static final int ROUNDS_MAX = 100;
    private static final int STEP_US_MAX = 1_000;
    private static final long NS_PER_US = 1_000;

    @Mixin
    private final Report report = new Report();

    @Option(names = "--turns", paramLabel = "N", description = "turns of each device in a round (${DEFAULT-VALUE})")
    private int turns = 20_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "rounds that are measured (${DEFAULT-VALUE}); two more come first, to warm up")
    private int rounds = 5;

    @Option(
            names = "--step-us",
            paramLabel = "N",
            description = "imaginary microseconds between two turns of a device (${DEFAULT-VALUE})")
    private int stepUs = 100;

    @Override
    public Integer call() throws IOException {
        report.require("--turns", turns, TURNS_MIN, TURNS_MAX);
        report.require("--rounds", rounds, 1, ROUNDS_MAX);
        report.require("--step-us", stepUs, 1, STEP_US_MAX);
        new TurnBench(report, stepUs * NS_PER_US).run(turns, rounds);
        report.write();
        return 0;
    }
}
