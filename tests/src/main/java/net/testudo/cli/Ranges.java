package net.testudo.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Numbers that options take.
public final class Ranges {
    private Ranges() {}

    /// Checks the value of an option.
    ///
    /// @param spec of the command
    /// @param option its name
    /// @throws ParameterException if the value is not from `least` to `most`
    public static void require(@Nullable CommandSpec spec, String option, long value, long least, long most) {
        if (value < least || value > most) {
            refuse(spec, option, Long.toString(value), least, most);
        }
    }

    /// The same of a number that need not be whole.
    public static void require(@Nullable CommandSpec spec, String option, double value, long least, long most) {
        if (value < least || value > most) {
            refuse(spec, option, Double.toString(value).replaceFirst("\\.0$", ""), least, most);
        }
    }

    private static void refuse(@Nullable CommandSpec spec, String option, String value, long least, long most) {
        if (spec == null) {
            throw new IllegalStateException("the arguments were not parsed yet");
        }
        throw new ParameterException(
                spec.commandLine(), "%s takes a number from %d to %d, not %s".formatted(option, least, most, value));
    }
}
