package net.testudo.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The verb `bench`.
@Command(
        name = "bench",
        description = "How fast parts of the product are on this machine. Nothing fails by a time.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "NAME",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:measured, whether or not the targets were met",
            "1:it could not be measured",
            "2:wrong usage",
            "3:something is missing on this machine"
        })
public final class Bench implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--list", description = "names all benchmarks, one a line")
    private boolean list;

    private Bench() {}

    /// Ends the JVM with the status that `--help` names.
    public static void main(String[] arguments) {
        System.exit(run(new PrintWriter(System.out, true, StandardCharsets.UTF_8), arguments));
    }

    /// Does it, without ending the JVM.
    ///
    /// @param out for what is measured, and for what is wrong
    /// @return the exit status
    static int run(PrintWriter out, String... arguments) {
        return commandLine().setOut(out).setErr(out).execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench())
                .addSubcommand(new SyncCommand())
                .addSubcommand(new DetectionCommand())
                .addSubcommand(new SteadyCommand())
                .addSubcommand(new TurnCommand())
                .addSubcommand(new ResyncCommand())
                .addSubcommand(new NetconfCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new CannotBeMeasured())
                .setUsageHelpWidth(120)
                .setUsageHelpAutoWidth(false);
    }

    @Override
    public void run() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (!list) {
            throw new ParameterException(
                    line,
                    "what is to be measured? there are: "
                            + String.join(", ", line.getSubcommands().keySet()));
        }
        line.getSubcommands().keySet().forEach(line.getOut()::println);
    }
}
