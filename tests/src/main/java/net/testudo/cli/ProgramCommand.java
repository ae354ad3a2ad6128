package net.testudo.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What the command lines of the programs have in common. Gives the exit status when it is called.
public abstract class ProgramCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this")
    @SuppressWarnings("UnusedVariable") // picocli shows the help
    private boolean help;

    /// Lines at the end of the help, under the heading that the annotation names.
    protected List<String> footer() {
        return List.of();
    }

    /// Checks the value of an option.
    ///
    /// @throws ParameterException if it is not from `least` to `most`
    protected final void require(String option, long value, long least, long most) {
        Ranges.require(spec, option, value, least, most);
    }
}
