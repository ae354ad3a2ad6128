package net.testudo.lab.faults;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.testudo.cli.ProgramCommand;
import net.testudo.lab.Topology;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command line of `faults`.
@Command(
        name = "faults",
        description = {
            "Starts devices as processes in network namespaces and forms them into one network element. Then, with"
                    + " traffic and commits running, faults happen to random devices at random moments, one after the"
                    + " other, sometimes two at once; after each, all has to come in order again. The seed names the"
                    + " course, which is drawn before it begins.",
            "What must hold: an acknowledged commit is on the line of revisions at every later read, one that was"
                    + " answered with an error never is, and one of unknown outcome is what commit-status says; on the"
                    + " wire no two devices act as master, or send packets of one flow, in turns; each change of the"
                    + " master has one record, which names a reason that fits the fault; after a single fault all TCP"
                    + " connections live and no translation has changed."
        },
        sortOptions = false,
        footerHeading = "%nFaults:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all of it held",
            "1:something did not (the run ends there, and says where logs, course and recorded frames are kept)",
            "2:wrong usage",
            "3:something is missing on this machine"
        })
final class FaultsCommand extends ProgramCommand {
    private static final int COUNT_MAX = 100_000;

    private final PrintStream out;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "how many faults, or pairs of them, in a row (${DEFAULT-VALUE})")
    private int count = 20;

    @Option(names = "--seed", paramLabel = "S", description = "which course (${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--devices",
            paramLabel = "N",
            description = "how many devices, 2 to " + Topology.DEVICE_COUNT_MAX + " (${DEFAULT-VALUE})")
    private int devices = 3;

    @Option(names = "--json", paramLabel = "FILE", description = "writes what came of each fault")
    private @Nullable Path json;

    @Option(names = "--keep-logs", description = "keeps the devices' logs also if all went well")
    private boolean keepLogs;

    /// @param out for what comes of the faults
    FaultsCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    protected List<String> footer() {
        return Arrays.stream(FaultKind.values())
                .map(kind -> "  %-16s %s".formatted(kind.label(), kind.description()))
                .toList();
    }

    @Override
    public Integer call() {
        return Faults.run(options(), out);
    }

    /// What was asked for.
    FaultsOptions options() {
        require("--count", count, 1, COUNT_MAX);
        require("--seed", seed, 0, Long.MAX_VALUE);
        require("--devices", devices, 2, Topology.DEVICE_COUNT_MAX);
        return new FaultsOptions(count, seed, devices, Optional.ofNullable(json), keepLogs);
    }
}
