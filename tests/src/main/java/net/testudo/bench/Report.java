package net.testudo.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import net.testudo.cli.Ranges;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// What every benchmark reports: lines for people while it runs, and its figures for scripts.
final class Report {
    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "writes the figures: [{\"name\", \"value\", \"unit\", \"reference\", \"ratio\", \"target\","
                    + " \"met\"}]; null where there is no reference or target")
    private @Nullable Path json;

    private final List<Figure> figures = new ArrayList<>();

    /// @throws ParameterException if the value of an option is not from `min` to `max`
    void require(String name, double value, int min, int max) {
        Ranges.require(spec, name, value, min, max);
    }

    /// A line for people.
    void line(String text) {
        out().println(text);
    }

    void add(Figure figure) {
        figures.add(figure);
        line(figure.text());
    }

    /// Writes the figures to the file that was asked for.
    ///
    /// @throws IOException if it cannot be written
    void write() throws IOException {
        if (json != null) {
            Files.writeString(json, figures.stream().map(Figure::json).collect(Collectors.joining(",\n ", "[", "]\n")));
        }
    }

    private PrintWriter out() {
        return command().root().commandLine().getOut();
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec, "a report belongs to a command");
    }
}
