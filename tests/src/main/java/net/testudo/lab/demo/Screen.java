package net.testudo.lab.demo;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The demo's output: a line per phase, with its duration. Colours, and the line of a phase that is still going on,
/// only on a terminal.
final class Screen {
    private static final String BOLD = "\u001b[1m";
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";
    private static final String NEW_LINE = "\r\u001b[K";
    private static final long NS_PER_MS = 1_000_000;

    private final PrintStream out;
    private final boolean terminal;
    private final boolean colours;

    Screen(PrintStream out, boolean terminal, boolean colours) {
        this.out = out;
        this.terminal = terminal;
        this.colours = colours;
    }

    /// The screen of this process.
    static Screen standard() {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        // https://no-color.org
        boolean colours = terminal && System.getenv("NO_COLOR") == null;
        return new Screen(System.out, terminal, colours);
    }

    /// Shows what goes on while it goes on, and afterwards its result with its duration.
    ///
    /// @param label of the phase, one word
    /// @param what goes on
    /// @param summary of the result, in one line
    /// @return the result
    <T> T phase(String label, String what, Supplier<T> work, Function<T, String> summary) {
        if (terminal) {
            out.printf("  %-9s %s ...", label, what);
            out.flush();
        }
        long startNs = System.nanoTime();
        try {
            T result = work.get();
            long ms = (System.nanoTime() - startNs) / NS_PER_MS;
            newLine();
            out.printf("  %-9s %-76s %6d ms%n", label, summary.apply(result), ms);
            return result;
        } catch (RuntimeException e) {
            newLine();
            throw e;
        }
    }

    private void newLine() {
        if (terminal) {
            out.print(NEW_LINE);
        }
    }

    /// A heading.
    void heading(String text) {
        out.println(colour(BOLD, text));
    }

    /// A line that belongs to the phase above.
    void detail(String text) {
        out.println("            " + text);
    }

    /// The end of a run that went well.
    void success(String text) {
        out.println(colour(GREEN, text));
    }

    /// What did not happen.
    void failure(String text) {
        out.println(colour(RED, text));
    }

    private String colour(String sequence, String text) {
        return colours ? sequence + text + PLAIN : text;
    }
}
