package net.testudo.sim;

import java.io.PrintStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.testudo.cli.ProgramCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The command line of `simulate`.
@Command(
        name = "simulate",
        description = {
            "Runs clusters of real engines on simulated networks, disks and clocks, breaks things at random, and checks"
                    + " what must always hold. The same seed gives the same run."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:nothing was broken", "1:a rule was broken in some run", "2:wrong usage"})
final class SimulateCommand extends ProgramCommand {
    private static final int DEVICES_MAX = 9;
    private static final int DURATION_S_MAX = 86_400;

    private final PrintStream out;

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            required = true,
            converter = SeedsConverter.class,
            description = "the runs, one per seed")
    private Seeds seeds = new Seeds(1, 1);

    @Option(names = "--devices", paramLabel = "N", description = "how many devices, 1 to 9 (${DEFAULT-VALUE})")
    private int devices = 3;

    @Option(names = "--verbose", description = "prints what happens in each run")
    private boolean verbose;

    @Option(
            names = "--duration",
            paramLabel = "S",
            description =
                    "breaks things for S seconds of simulated time (${DEFAULT-VALUE}; in proportion more where the"
                            + " devices have longer lease times)")
    private int durationS = Options.DURATION_S;

    @Option(
            names = "--gentle",
            description = "one fault at a time in all runs, not in one of 16: no host may notice it")
    private boolean gentle;

    @Option(
            names = "--changes",
            description = "operators change members meanwhile: maintenance, removal, replacement, and who may lead")
    private boolean changes;

    @Option(
            names = "--damage",
            description = "devices lose what is on their disks, a minority of the voters at a time, or are replaced")
    private boolean damage;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the summary")
    private @Nullable String json;

    /// @param out for what comes of the runs
    SimulateCommand(PrintStream out) {
        this.out = out;
    }

    /// A range of seeds.
    record Seeds(long first, long last) {}

    /// Takes a range.
    static final class SeedsConverter implements ITypeConverter<Seeds> {
        private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");

        @Override
        public Seeds convert(String text) {
            Matcher range = RANGE.matcher(text);
            if (!range.matches()) {
                throw new TypeConversionException("'" + text + "' is no range of seeds, such as 1..100");
            }
            Seeds seeds = new Seeds(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
            if (seeds.last() < seeds.first()) {
                throw new TypeConversionException(seeds.last() + " is below " + seeds.first());
            }
            return seeds;
        }
    }

    @Override
    public Integer call() throws Exception {
        return Simulate.run(options(), out);
    }

    /// What was asked for.
    Options options() {
        require("--devices", devices, 1, DEVICES_MAX);
        require("--duration", durationS, 1, DURATION_S_MAX);
        Manner manner = new Manner(gentle, changes, damage);
        return new Options(seeds.first(), seeds.last(), devices, verbose, durationS, manner, json);
    }
}
