package net.testudo.lab.demo;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.testudo.cli.ProgramCommand;
import net.testudo.lab.KeptLabs;
import net.testudo.lab.Topology;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The command line of `demo`.
@Command(
        name = "demo",
        description = {
            "Starts devices as processes in network namespaces, forms them into one network element by NETCONF, sends"
                    + " traffic through it, lets the master die, and measures what the hosts and the management station"
                    + " notice."
        },
        sortOptions = false,
        footerHeading = "%nKinds of death:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all of it happened, interruption at most " + Measurement.INTERRUPTION_LIMIT_MS + " ms ("
                    + Measurement.ORDINARY_LIMIT_MS
                    + " ms where this user may not have real-time scheduling), no connection lost",
            "1:something did not happen (it says where the logs of that run are kept)",
            "2:wrong usage",
            "3:something is missing on this machine"
        })
final class DemoCommand extends ProgramCommand {
    private static final int REPEAT_MAX = 10_000;

    @Option(
            names = "--devices",
            paramLabel = "N",
            description = "how many devices, 2 to " + Topology.DEVICE_COUNT_MAX + " (${DEFAULT-VALUE})")
    private int devices = 3;

    @Option(
            names = "--death",
            paramLabel = "KIND",
            converter = DeathConverter.class,
            defaultValue = "kill",
            description = "how the master dies, of those below (${DEFAULT-VALUE})")
    private Death death = Death.KILL;

    @Option(names = "--repeat", paramLabel = "K", description = "does all of it K times (${DEFAULT-VALUE})")
    private int repeat = 1;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "writes the measurements; with --repeat a list of them")
    private @Nullable Path json;

    @Option(names = "--keep", description = "leaves the lab up and prints how to reach it")
    private boolean keep;

    @Option(names = "--stop", description = "only ends labs that --keep left up")
    private boolean stop;

    @Override
    protected List<String> footer() {
        return Arrays.stream(Death.values())
                .map(each -> "  %-16s %s".formatted(each.label(), each.description()))
                .toList();
    }

    /// Takes a kind of death by its label.
    static final class DeathConverter implements ITypeConverter<Death> {
        @Override
        public Death convert(String label) {
            try {
                return Death.of(label);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    @Override
    public Integer call() {
        if (stop) {
            System.out.println("ended: " + KeptLabs.stopAll());
            return 0;
        }
        return Demo.demonstrate(options());
    }

    /// What was asked for.
    DemoOptions options() {
        require("--devices", devices, 2, Topology.DEVICE_COUNT_MAX);
        require("--repeat", repeat, 1, REPEAT_MAX);
        return new DemoOptions(devices, death, repeat, keep, Optional.ofNullable(json));
    }
}
