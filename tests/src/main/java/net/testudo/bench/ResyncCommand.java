package net.testudo.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import net.testudo.element.rehearsal.RehearsedCluster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How long a new backup master takes to have everything.
@Command(
        name = "resync",
        mixinStandardHelpOptions = true,
        description = {
            "All run-time data to a new backup master: three engines in this process, on ports that cost next to"
                    + " nothing, carry so many flows; then the backup master is gone. How long one core works, for all"
                    + " of them, until the third device has acknowledged everything, and how many records a second"
                    + " that is."
        })
final class ResyncCommand implements Callable<Integer> {
    private static final int ROUNDS_MAX = 100;

    @Mixin
    private final Report report = new Report();

    @Option(names = "--flows", paramLabel = "N", description = "how many flows (${DEFAULT-VALUE})")
    private int flows = ResyncBench.TARGET_FLOWS;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "rounds that are measured (${DEFAULT-VALUE}); one more comes first, to warm up")
    private int rounds = 3;

    @Override
    public Integer call() throws IOException {
        report.require("--flows", flows, 1, RehearsedCluster.MANY_FLOWS);
        report.require("--rounds", rounds, 1, ROUNDS_MAX);
        new ResyncBench(report).run(flows, rounds);
        report.write();
        return 0;
    }
}
