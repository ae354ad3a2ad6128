package net.testudo.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Runs the system's commands (ip, ethtool, snmpwalk …) and waits for them.
public final class Commands {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    /// How a command ended.
    ///
    /// @param status 0 for success
    /// @param output what it wrote to its standard output
    /// @param error what it wrote to its standard error
    public record Outcome(int status, String output, String error) {}

    private Commands() {}

    /// Runs a command that must succeed.
    ///
    /// @return its standard output
    /// @throws LabException with the command and what it said, if it fails or takes longer than 30 s
    public static String run(List<String> command) {
        return run(command, "");
    }

    /// Runs a command that must succeed, with a text on its standard input.
    ///
    /// @throws LabException as [#run(List)]
    public static String run(List<String> command, String input) {
        Outcome outcome = attempt(command, input, TIME_LIMIT);
        if (outcome.status() != 0) {
            throw new LabException("'" + String.join(" ", command) + "' failed with status " + outcome.status() + ": "
                    + (outcome.error() + outcome.output()).strip());
        }
        return outcome.output();
    }

    /// Runs a command that may fail.
    ///
    /// @throws LabException if it cannot be started or takes longer than the limit
    public static Outcome attempt(List<String> command, String input, Duration limit) {
        Process process = start(command);
        CompletableFuture<String> output = read(process.getInputStream());
        CompletableFuture<String> error = read(process.getErrorStream());
        try {
            writeInput(process, input);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LabException(
                        "'" + String.join(" ", command) + "' did not end within " + limit.toSeconds() + " s");
            }
            return new Outcome(process.exitValue(), output.join(), error.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted in '" + String.join(" ", command) + "'", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /// The command line that runs a command in a network namespace.
    public static List<String> inNamespace(String namespace, List<String> command) {
        List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        line.addAll(command);
        return line;
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new LabException("cannot start '" + command.getFirst() + "': " + e.getMessage(), e);
        }
    }

    private static void writeInput(Process process, String input) {
        try (OutputStream sink = process.getOutputStream()) {
            sink.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // The command ended without reading all of its input: its status tells why.
        }
    }

    private static CompletableFuture<String> read(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (stream) {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.complete("(" + e.getMessage() + ")");
            }
        });
        return text;
    }
}
