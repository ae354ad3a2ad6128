package net.testudo.pcapio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs the system's network tools, at set-up and never on the data path.
final class SystemCommand {
    private static final Map<String, String> PACKAGE_BY_TOOL =
            Map.of("ip", "iproute2", "nft", "nftables", "ethtool", "ethtool");
    private static final long LIMIT_S = 10;

    private SystemCommand() {}

    /// Runs a command to its end.
    ///
    /// @return what it printed
    /// @throws PortUnavailableException if it is not installed or ends with an error: says which, and what to do
    static String run(String... command) throws PortUnavailableException {
        return runWithInput("", command);
    }

    /// Runs a command with something to read.
    static String runWithInput(String input, String... command) throws PortUnavailableException {
        String line = String.join(" ", command);
        try {
            // Output goes to a file: a child that fills a pipe nobody reads yet would never end.
            Path output = Files.createTempFile("command", ".out");
            try {
                Process process = new ProcessBuilder(List.of(command))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                try (OutputStream stdin = process.getOutputStream()) {
                    stdin.write(input.getBytes(StandardCharsets.UTF_8));
                }
                if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new PortUnavailableException(line + ": did not end within " + LIMIT_S + " s");
                }
                String text = Files.readString(output).strip();
                if (process.exitValue() != 0) {
                    throw new PortUnavailableException(line + ": " + oneLine(text) + hint(text));
                }
                return text;
            } finally {
                Files.delete(output);
            }
        } catch (PortUnavailableException e) {
            throw e;
        } catch (IOException e) {
            throw new PortUnavailableException(
                    line + ": cannot be run; install it with `apt-get install "
                            + PACKAGE_BY_TOOL.getOrDefault(command[0], command[0]) + "`",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortUnavailableException(line + ": interrupted", e);
        }
    }

    private static String oneLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse("failed");
    }

    private static String hint(String text) {
        return text.contains("not permitted") || text.contains("ermission")
                ? " (run as root, or with CAP_NET_ADMIN)"
                : "";
    }
}
