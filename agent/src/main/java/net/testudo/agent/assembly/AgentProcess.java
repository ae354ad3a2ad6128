package net.testudo.agent.assembly;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The agent's process beside the element's: started, and started again whenever it ends.
final class AgentProcess implements AutoCloseable {
    private static final String PROGRAM = "net.testudo.agent.cli.Main";
    /// A heap of its own, a collector that needs few threads, and the quick compiler alone: the start of an agent takes
    /// processors from elements on the same machine.
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xms256m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:-UsePerfData");

    /// A session of its own: the kernel may share processors by session.
    private static final List<String> SESSION = List.of("setsid");

    private static final List<String> INHERITED = List.of("java.io.tmpdir", "jna.tmpdir");
    private static final long END_LIMIT_MS = 5_000;
    private static final long PAUSE_FIRST_MS = 250;
    private static final long PAUSE_MAX_MS = 8_000;
    /// An agent that ran as long was well.
    private static final long WELL_MS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(AgentProcess.class);

    private final AgentSettings settings;
    private final Thread watch;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Object lock = new Object();
    // Guarded by the lock; none is started once it is ending.
    private Process process;

    private AgentProcess(AgentSettings settings) throws IOException {
        this.settings = settings;
        process = launch();
        watch = Thread.ofPlatform().name("agent-watch").daemon().start(this::watch);
    }

    /// Starts the agent.
    ///
    /// @throws IOException if no process can be started
    static AgentProcess start(AgentSettings settings) throws IOException {
        return new AgentProcess(settings);
    }

    /// The element's socket.
    static Path socket(Path stateDirectory) {
        return stateDirectory.resolve("element.sock");
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(SESSION);
        String classPath = System.getProperty("java.class.path");
        String java = ProcessHandle.current().info().command().orElse("java");
        command.addAll(Privileges.drop(filesOf(java, classPath)));
        command.add(java);
        command.addAll(JVM_OPTIONS);
        for (String name : INHERITED) {
            String value = System.getProperty(name);
            if (value != null) {
                command.add("-D" + name + "=" + value);
            }
        }
        command.addAll(List.of("-cp", classPath, PROGRAM, "agent"));
        command.addAll(List.of("--state-dir", settings.stateDirectory().toString()));
        command.addAll(List.of("--management", settings.managementPort()));
        settings.adminKeys().forEach(key -> command.addAll(List.of("--admin", key)));
        Process started = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // Not an argument or a variable of the environment: those are read in many places.
        try (Writer input = started.outputWriter(StandardCharsets.US_ASCII)) {
            input.write(settings.hostKey() + "\n");
        } catch (IOException e) {
            LOG.warn("the agent ended before it was told its host key: {}", e.getMessage());
        }
        LOG.info("agent started as process {}", started.pid());
        return started;
    }

    private List<String> filesOf(String java, String classPath) {
        List<String> files = new ArrayList<>(List.of(classPath.split(File.pathSeparator, -1)));
        files.add(java);
        files.add(settings.stateDirectory().toString());
        return files;
    }

    private void watch() {
        long pauseMs = PAUSE_FIRST_MS;
        try {
            while (true) {
                long startedNs = System.nanoTime();
                int status = current().waitFor();
                boolean well = System.nanoTime() - startedNs > TimeUnit.MILLISECONDS.toNanos(WELL_MS);
                pauseMs = well ? PAUSE_FIRST_MS : pauseMs;
                if (!again(status, pauseMs)) {
                    return;
                }
                pauseMs = Math.min(2 * pauseMs, PAUSE_MAX_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process current() {
        synchronized (lock) {
            return process;
        }
    }

    /// @return false if it is not to be started any more
    private boolean again(int status, long pauseMs) throws InterruptedException {
        if (ending.getCount() > 0) {
            LOG.warn("the agent ended with status {}; it is started again in {} ms", status, pauseMs);
        }
        if (ending.await(pauseMs, TimeUnit.MILLISECONDS)) {
            return false;
        }
        synchronized (lock) {
            if (ending.getCount() == 0) {
                return false;
            }
            try {
                process = launch();
                return true;
            } catch (IOException e) {
                LOG.error("the agent cannot be started again: {}", e.getMessage());
                return false;
            }
        }
    }

    @Override
    public void close() {
        Process last;
        synchronized (lock) {
            ending.countDown();
            last = process;
        }
        last.destroy();
        try {
            if (!last.waitFor(END_LIMIT_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("the agent does not end, and is killed");
                last.destroyForcibly().waitFor();
            }
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            last.destroyForcibly();
        }
    }
}
