package net.testudo.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.lab.Await;
import net.testudo.lab.Commands;
import net.testudo.lab.JavaCommand;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.LabProcess;
import net.testudo.lab.Network;
import net.testudo.lab.Topology;
import net.testudo.lab.cluster.Devices;

/// Devices as processes in a lab, each managed by NETCONF at its own address. Their state and logs lie
/// in the lab's directory; the names of devices are their numbers in the lab, from 1.
final class DeviceLab implements AutoCloseable {
    /// What takes longer than this does not happen any more; a busy machine needs seconds for a
    /// device's start.
    static final Duration LIMIT = Duration.ofSeconds(60);

    /// A configured user, who has a password and no key.
    static final String OPERATOR = "operator";
    /// Her password.
    static final String PASSWORD = "correct-horse-battery";

    private static final String JOIN_KEY = "5a".repeat(32);

    private final Lab lab;
    private final Path key;
    private final Map<Integer, LabProcess> processes = new TreeMap<>();

    private DeviceLab(Lab lab) {
        this.lab = lab;
        key = lab.directory().resolve("ssh-key");
    }

    /// A lab in which no device runs yet. The test is skipped where labs are not possible.
    static DeviceLab open(int devices) {
        assumeTrue(Lab.usable(), "this process may not create network namespaces: run ./testudo test as root");
        DeviceLab opened = new DeviceLab(Lab.open(devices));
        Commands.run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", opened.key.toString()));
        write(opened.lab.directory().resolve("join-key"), JOIN_KEY);
        return opened;
    }

    Lab lab() {
        return lab;
    }

    Topology topology() {
        return lab.topology();
    }

    /// Starts a device under its own serial number.
    LabProcess start(int device) {
        return start(device, serial(device));
    }

    /// Starts a device under a serial number; goes on while it starts.
    LabProcess start(int device, String serial) {
        return run(device, command(device, serial));
    }

    /// The command that [#start] runs; the state directory exists then.
    List<String> command(int device) {
        return command(device, serial(device));
    }

    /// Starts a device whose state directory is a file system of its own, which ends with the process.
    ///
    /// @param size of the file system, as `mount` takes it
    LabProcess startOnSmallDisk(int device, String size) {
        List<String> command = new ArrayList<>(List.of(
                "sh", "-c", "mount -t tmpfs -o size=" + size + " tmpfs \"$0\" && exec \"$@\"", "" + state(device)));
        command.addAll(command(device, serial(device)));
        return run(device, command);
    }

    /// Runs a command in a device's place.
    LabProcess run(int device, List<String> command) {
        LabProcess process = lab.start("device-" + device, topology().device(device), command, Map.of());
        processes.put(device, process);
        return process;
    }

    /// Makes an authority for [#startWithCertificate].
    void makeAuthority(String name) {
        pki("ca", "--dir", authority(name).toString());
    }

    /// Starts a device that has no join key, but a certificate of this authority.
    LabProcess startWithCertificate(int device, String authority) {
        Path directory = authority(authority);
        String serial = serial(device);
        pki("device", serial, "--dir", directory.toString());
        List<String> arguments = new ArrayList<>(arguments(device, serial));
        arguments.addAll(List.of(
                "--certificate",
                directory.resolve(serial + ".crt").toString(),
                "--certificate-key",
                directory.resolve(serial + ".key").toString(),
                "--certificate-authorities",
                directory.resolve("ca.crt").toString()));
        return run(device, JavaCommand.deviceThatStartsSoon(home(device), arguments));
    }

    private Path authority(String name) {
        return lab.directory().resolve(name);
    }

    private static void pki(String... arguments) {
        Commands.run(JavaCommand.pki(List.of(arguments)));
    }

    private List<String> command(int device, String serial) {
        List<String> arguments = new ArrayList<>(arguments(device, serial));
        arguments.addAll(
                List.of("--join-key-file", lab.directory().resolve("join-key").toString()));
        return JavaCommand.deviceThatStartsSoon(home(device), arguments);
    }

    private List<String> arguments(int device, String serial) {
        try {
            Files.createDirectories(state(device));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(
                "--serial",
                serial,
                "--cluster",
                Network.CLUSTER.port(),
                "--data",
                Network.OUTSIDE.label() + "=" + Network.OUTSIDE.port(),
                "--data",
                Network.INSIDE.label() + "=" + Network.INSIDE.port(),
                "--management",
                Network.MANAGEMENT.port(),
                "--state-dir",
                state(device).toString(),
                "--admin-key",
                key + ".pub");
    }

    static String serial(int device) {
        return "A" + device;
    }

    /// State directory of a device.
    Path state(int device) {
        return home(device).resolve("state");
    }

    private Path home(int device) {
        return lab.directory().resolve("device-" + device);
    }

    LabProcess process(int device) {
        LabProcess process = processes.get(device);
        if (process == null) {
            throw new LabException("device " + device + " was never started");
        }
        return process;
    }

    /// All that a device has logged in this lab.
    String log(int device) {
        try {
            return Files.readString(process(device).log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until a device has logged `text`.
    void awaitLog(int device, String text) {
        Await.until("'" + text + "' in the log", LIMIT, () -> log(device), log -> log.contains(text));
    }

    /// Waits for the end of a device that ends by itself.
    ///
    /// @return its exit status
    int awaitEnd(int device) {
        return process(device).awaitExit(LIMIT);
    }

    /// A NETCONF session of the administrator at a device's own address; waits until the device answers.
    RawNetconf netconf(int device) {
        return Await.until(
                "NETCONF at device " + device,
                Devices.START_LIMIT,
                () -> {
                    if (!process(device).alive()) {
                        throw new LabException("device " + device + " ended: " + log(device));
                    }
                    return netconf(device, "admin", key);
                },
                RawNetconf::isOpen);
    }

    /// A try to begin a session with a key.
    RawNetconf netconf(int device, String user, Path privateKey) {
        List<String> options = List.of("-i", privateKey.toString(), "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes");
        return RawNetconf.begin(lab.startPiped("ssh", topology().nms(), ssh(device, user, options)));
    }

    /// The command that begins a NETCONF session by OpenSSH.
    List<String> ssh(int device, String user, List<String> options) {
        List<String> command = new ArrayList<>(List.of("ssh", "-s", "-T", "-p", "830", "-F", "/dev/null"));
        command.addAll(List.of("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"));
        command.addAll(options);
        command.addAll(List.of(user + "@" + topology().managementAddress(device), "netconf"));
        return command;
    }

    /// Forms a cluster at device 1; `joining` are the serial numbers that are admitted by themselves.
    RawNetconf form(List<String> joining) {
        RawNetconf session = netconf(1);
        session.ok(RawNetconf.edit(configuration(joining)));
        session.ok("<commit/>");
        return session;
    }

    private String configuration(List<String> joining) {
        StringBuilder keys = new StringBuilder();
        for (String serial : joining) {
            keys.append("<join-key><serial>%s</serial><key>%s</key></join-key>".formatted(serial, JOIN_KEY));
        }
        return """
                <cluster xmlns="urn:testudo:yang:testudo-cluster">
                  <enabled>true</enabled><name>bad-input</name><cluster-port>%s</cluster-port>
                  <data-network><name>outside</name><address>%s</address></data-network>
                  <data-network><name>inside</name><address>%s</address></data-network>
                  <local-network>inside</local-network><auto-join>true</auto-join>%s
                </cluster>
                <system xmlns="urn:testudo:yang:testudo-system">
                  <user><name>admin</name><role>admin</role><authorized-key>%s</authorized-key></user>
                  <user><name>%s</name><role>read-only</role><password>$0$%s</password></user>
                </system>
                """.formatted(
                        Network.CLUSTER.port(),
                        Network.OUTSIDE.addressWithLength(Topology.CLUSTER_HOST),
                        Network.INSIDE.addressWithLength(Topology.CLUSTER_HOST),
                        keys,
                        read(lab.directory().resolve("ssh-key.pub")).strip(),
                        OPERATOR,
                        PASSWORD);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        lab.close();
    }
}
