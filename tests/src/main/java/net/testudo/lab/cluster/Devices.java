package net.testudo.lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.testudo.lab.Await;
import net.testudo.lab.JavaCommand;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.LabProcess;
import net.testudo.lab.Network;
import org.jspecify.annotations.Nullable;

/// The devices of a lab: each a process with a serial number, a directory for its state and a join key.
public final class Devices {
    /// How long the start of a device may take on whatever machine; a minute was seen where three share two slow
    /// processors with the load. Nothing of the cluster is measured by it.
    public static final Duration START_LIMIT = Duration.ofMinutes(3);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String STATE = "state";
    private static final String JOIN_KEY = "join-key";

    private final Lab lab;
    private final Secrets secrets;
    private final boolean realTime;
    private final List<@Nullable LabProcess> processes = new ArrayList<>();

    /// Prepares the devices' directories; none is started.
    public Devices(Lab lab, Secrets secrets) {
        this(lab, secrets, true);
    }

    /// The same.
    ///
    /// @param realTime whether the devices keep this process's right to real-time scheduling, if it has it
    public Devices(Lab lab, Secrets secrets, boolean realTime) {
        this.lab = lab;
        this.secrets = secrets;
        this.realTime = realTime;
        for (int device = 1; device <= lab.topology().devices(); device++) {
            processes.add(null);
            prepare(device);
        }
    }

    /// How many.
    public int count() {
        return processes.size();
    }

    /// Serial number of a device.
    ///
    /// @param device 1 to [#count]
    public static String serial(int device) {
        return "A" + device;
    }

    /// The device with a serial number.
    ///
    /// @throws LabException if there is none
    public int bySerial(String serial) {
        for (int device = 1; device <= count(); device++) {
            if (serial(device).equals(serial)) {
                return device;
            }
        }
        throw new LabException("no device has the serial number '" + serial + "'");
    }

    /// Starts a device, or starts it again with the state that it left.
    public void start(int device) {
        Path home = home(device);
        List<String> arguments = List.of(
                "--serial",
                serial(device),
                "--cluster",
                Network.CLUSTER.port(),
                "--data",
                Network.OUTSIDE.label() + "=" + Network.OUTSIDE.port(),
                "--data",
                Network.INSIDE.label() + "=" + Network.INSIDE.port(),
                "--management",
                Network.MANAGEMENT.port(),
                "--state",
                home.resolve(STATE).toString(),
                "--join-key",
                home.resolve(JOIN_KEY).toString(),
                "--admin-key",
                secrets.publicKey().toString());
        List<String> command = new ArrayList<>(List.of("setsid"));
        if (!realTime) {
            command.addAll(List.of("setpriv", "--bounding-set", "-sys_nice"));
        }
        command.addAll(JavaCommand.device(home, arguments));
        // A session of its own: Ctrl-C reaches the demo alone, which then ends the devices.
        processes.set(device - 1, lab.start("device-" + device, lab.topology().device(device), command, Map.of()));
    }

    /// Waits until a device runs, if it is still starting.
    ///
    /// @throws LabException if it ends, or does not run within [#START_LIMIT]
    public void awaitRunning(int device) {
        String running = "device " + serial(device) + " runs";
        LabProcess process = process(device);
        Await.until(
                running,
                START_LIMIT,
                PAUSE,
                () -> {
                    requireAlive(device);
                    return process.hasLogged(running);
                },
                runs -> runs);
    }

    /// The process of a device.
    ///
    /// @throws LabException if it was never started
    public LabProcess process(int device) {
        LabProcess process = processes.get(device - 1);
        if (process == null) {
            throw new LabException("device " + device + " was never started");
        }
        return process;
    }

    /// Process id of a device's agent; 0 if it has none at the moment.
    public long agent(int device) {
        List<Long> started = process(device).started();
        return started.isEmpty() ? 0 : started.getFirst();
    }

    /// @throws LabException if a device has ended that was started
    public void requireAlive() {
        for (int device = 1; device <= count(); device++) {
            requireAlive(device);
        }
    }

    private void requireAlive(int device) {
        if (!process(device).alive()) {
            throw new LabException("the process of " + serial(device) + " ended");
        }
    }

    /// The ends of the devices' logs, for a failure's report.
    public String logTails() {
        StringBuilder text = new StringBuilder();
        for (int device = 1; device <= count(); device++) {
            LabProcess process = processes.get(device - 1);
            if (process != null) {
                text.append("--- %s (%s)%n%s%n"
                        .formatted(serial(device), process.alive() ? "runs" : "ended", process.logTail()));
            }
        }
        return text.toString();
    }

    private Path home(int device) {
        return lab.directory().resolve(serial(device));
    }

    private void prepare(int device) {
        try {
            Files.createDirectories(home(device).resolve(STATE));
            Files.writeString(home(device).resolve(JOIN_KEY), secrets.joinKeys().get(device - 1) + "\n");
        } catch (IOException e) {
            throw new LabException("cannot prepare " + home(device) + ": " + e.getMessage(), e);
        }
    }
}
