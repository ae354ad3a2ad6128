package net.testudo.lab.orchestrators;

import java.io.PrintStream;
import java.time.Duration;
import net.testudo.cli.ProgramCommand;
import net.testudo.lab.Topology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command line of `orchestrators`.
@Command(
        name = "orchestrators",
        description = {
            "Starts devices as processes in network namespaces and forms them into one network element. Then two"
                    + " orchestrators lock, edit, commit, commit for a trial, confirm, cancel and die, by seed, while"
                    + " masters are killed and started again.",
            "What must hold: an acknowledged commit is there afterwards; a change is in both of its modules or in"
                    + " neither; what was refused, cancelled or never confirmed is not there; no lock stays; no session"
                    + " hangs."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all of it held",
            "1:something did not (what, and where logs are kept, is said)",
            "2:wrong usage",
            "3:something is missing on this machine"
        })
final class OrchestratorsCommand extends ProgramCommand {
    private static final int DEVICES_MIN = 3;
    private static final int SECONDS_MIN = 10;
    private static final int SECONDS_MAX = 86_400;

    private final PrintStream out;

    @Option(names = "--seconds", paramLabel = "S", description = "for how long (${DEFAULT-VALUE})")
    private int seconds = 600;

    @Option(names = "--seed", paramLabel = "N", description = "of what they do (${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--devices",
            paramLabel = "N",
            description = "how many devices, 3 to " + Topology.DEVICE_COUNT_MAX + " (${DEFAULT-VALUE})")
    private int devices = 3;

    @Option(names = "--verbose", description = "says of each change what became of it, at the end")
    private boolean verbose;

    /// @param out for what comes of it
    OrchestratorsCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        return Orchestrators.run(options(), out);
    }

    /// What was asked for.
    OrchestratorsOptions options() {
        require("--seconds", seconds, SECONDS_MIN, SECONDS_MAX);
        require("--seed", seed, 0, Long.MAX_VALUE);
        require("--devices", devices, DEVICES_MIN, Topology.DEVICE_COUNT_MAX);
        return new OrchestratorsOptions(Duration.ofSeconds(seconds), seed, devices, verbose);
    }
}
