package net.testudo.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process in one of the lab's namespaces that writes to a log file.
///
/// `ip netns exec` replaces itself by the command: the process id is that of the command, and signals reach it.
public final class LabProcess implements AutoCloseable {
    private static final Duration END_LIMIT = Duration.ofSeconds(5);
    private static final int TAIL_LINES = 15;

    private final String name;
    private final Process process;
    private final Path log;
    /// Octets of the log that earlier processes of this name wrote.
    private final long logStart;

    private LabProcess(String name, Process process, Path log, long logStart) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    /// Starts a command; what it writes is appended to the log.
    ///
    /// @param name for messages
    /// @param namespace in which it runs
    /// @param environment added to that of this process
    /// @throws LabException if it cannot be started
    static LabProcess start(
            String name, String namespace, List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder = new ProcessBuilder(Commands.inNamespace(namespace, command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            Process process = builder.start();
            process.getOutputStream().close();
            return new LabProcess(name, process, log, logStart);
        } catch (IOException e) {
            throw new LabException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /// Process id.
    public long pid() {
        return process.pid();
    }

    /// Process ids of what it started and what is still there.
    public List<Long> started() {
        return process.descendants().map(ProcessHandle::pid).toList();
    }

    /// Whether it runs (a stopped process does).
    public boolean alive() {
        return process.isAlive();
    }

    /// Waits for its end.
    ///
    /// @return its exit status
    /// @throws LabException if it does not end within the limit
    public int awaitExit(Duration limit) {
        if (!awaitEnd(limit)) {
            throw new LabException(name + " did not end within " + limit.toSeconds() + " s: " + logTail());
        }
        return process.exitValue();
    }

    /// Its log file.
    public Path log() {
        return log;
    }

    /// Whether it has written a text to its log.
    public boolean hasLogged(String text) {
        try (InputStream octets = Files.newInputStream(log)) {
            octets.skipNBytes(logStart);
            return new String(octets.readAllBytes(), StandardCharsets.UTF_8).contains(text);
        } catch (IOException e) {
            throw new LabException("the log of " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// The end of its log, for a message.
    public String logTail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(
                    System.lineSeparator(), lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + log + ": " + e.getMessage() + ")";
        }
    }

    /// Ends it and what it started at once (SIGKILL), as a loss of power does, and waits until it is gone.
    public void kill() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(END_LIMIT);
    }

    /// Stops it where it stands (SIGSTOP); its links stay up.
    public void stop() {
        signal("STOP");
    }

    /// Lets it go on after [#stop].
    public void resume() {
        signal("CONT");
    }

    /// Asks it to end (SIGTERM), and kills it if it does not within 5 s.
    @Override
    public void close() {
        process.destroy();
        if (!awaitEnd(END_LIMIT)) {
            kill();
        }
    }

    private void signal(String signal) {
        Commands.run(List.of("kill", "-" + signal, Long.toString(process.pid())));
    }

    private boolean awaitEnd(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while " + name + " ended", e);
        }
    }
}
