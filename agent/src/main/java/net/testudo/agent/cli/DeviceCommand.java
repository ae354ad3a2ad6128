package net.testudo.agent.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.testudo.agent.assembly.AgentSettings;
import net.testudo.agent.assembly.Device;
import net.testudo.agent.assembly.DeviceSettings;
import net.testudo.agent.keystore.DeviceCredentials;
import net.testudo.agent.store.StateLocation;
import net.testudo.element.flow.FlowLimits;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.cluster.DeviceIdentity;
import net.testudo.pcapio.PacketIo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The verb `device`: runs one device in the foreground until SIGTERM or SIGINT.
@Command(
        name = "device",
        description = "Runs one device in the foreground, until SIGTERM or Ctrl-C.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "1:cannot start: a port, right or file is missing, one line says which",
            "2:wrong options",
            "70:the element failed",
            "143:ended by SIGTERM, in order (130 by Ctrl-C)"
        })
final class DeviceCommand implements Callable<Integer> {
    private static final int CANNOT_START = 1;
    private static final int FAILED = 70;
    private static final int NETWORKS_MAX = 8;
    private static final Pattern SERIAL = Pattern.compile("[\\x21-\\x7e]{1,64}");
    private static final int FLOWS_MIN = 1_024;
    private static final int FLOWS_MAX = 2_000_000;
    private static final Pattern JOIN_KEY = Pattern.compile("([0-9a-fA-F]{2}){16,64}");
    private static final Pattern PUBLIC_KEY =
            Pattern.compile("(ssh-(rsa|ed25519)|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/=]+( .*)?");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--serial", required = true, paramLabel = "S", description = "Serial number, unique in a cluster.")
    private String serial = "";

    @Option(names = "--cluster", required = true, paramLabel = "PORT", description = "The dedicated cluster port.")
    private String clusterPort = "";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "NETWORK=PORT",
            description = "A data port and the network it is on, such as outside=eth1. Once for each network.")
    private LinkedHashMap<String, String> dataPorts = new LinkedHashMap<>();

    @Option(
            names = "--packet-io",
            paramLabel = "KIND",
            description = "By what cluster and data ports carry frames: ring (packet sockets of Linux, the faster) or"
                    + " pcap (libpcap). Default: ring.")
    private PacketIo packetIo = PacketIo.RING;

    @Option(
            names = "--management",
            required = true,
            paramLabel = "PORT",
            description = "The port with this device's own management address.")
    private String managementPort = "";

    @Option(
            names = {"--state-dir", "--state"},
            required = true,
            paramLabel = "DIR",
            description = "Where this device keeps its state. Made at the first start.")
    private Path stateDirectory = Path.of("");

    @Option(
            names = "--device-key-file",
            paramLabel = "FILE",
            description = "The key under which the state is encrypted, made at the first start; device.key in the state"
                    + " directory unless it is named. Its directory has to exist. Without it the state cannot be read.")
    private @Nullable Path deviceKeyFile;

    @Option(
            names = {"--join-key-file", "--join-key"},
            paramLabel = "FILE",
            description = "This device's join key, 32 to 128 hexadecimal digits. Without it, and"
                    + " without a certificate, no cluster admits it.")
    private @Nullable Path joinKeyFile;

    /// By which the device proves itself where it has no join key.
    static final class CertificateOptions {
        @Option(
                names = "--certificate",
                required = true,
                paramLabel = "FILE",
                description = "This device's certificate, which names its serial number, and those between it and the"
                        + " authority.")
        private Path certificate = Path.of("");

        @Option(
                names = "--certificate-key",
                required = true,
                paramLabel = "FILE",
                description = "The private key of the certificate.")
        private Path key = Path.of("");

        @Option(
                names = "--certificate-authorities",
                required = true,
                paramLabel = "FILE",
                description = "The authorities whose devices this device believes.")
        private Path authorities = Path.of("");
    }

    @ArgGroup(exclusive = false)
    private @Nullable CertificateOptions certificateOptions;

    @Option(
            names = "--admin-key",
            paramLabel = "FILE",
            description = "OpenSSH public keys of the first management user, admin. Without it there is none until"
                    + " the device has joined.")
    private @Nullable Path adminKeyFile;

    @Option(
            names = "--flows",
            paramLabel = "N",
            description = "How many flows this device has room for, 1024 to 2000000; all devices of a cluster should"
                    + " have the same. Each takes about 450 octets of memory. Default: ${DEFAULT-VALUE}.")
    private int flows = FlowLimits.DEFAULT.flows();

    @Override
    public Integer call() throws InterruptedException {
        try {
            Device device = new Device(settings());
            Thread end = Thread.ofPlatform().name("end").unstarted(device::close);
            Runtime.getRuntime().addShutdownHook(end);
            device.start();
            return device.awaitEnd() == null ? 0 : FAILED;
        } catch (IOException e) {
            printError(e);
            return CANNOT_START;
        }
    }

    private void printError(IOException e) {
        String message = e.getMessage();
        System.err.println("testudo device: " + (message == null ? e.toString() : message));
    }

    DeviceSettings settings() throws IOException {
        if (!SERIAL.matcher(serial).matches()) {
            throw wrong("--serial: 1 to 64 printable ASCII characters without spaces");
        }
        if (dataPorts.size() > NETWORKS_MAX) {
            throw wrong("--data: at most " + NETWORKS_MAX + " networks");
        }
        if (flows < FLOWS_MIN || flows > FLOWS_MAX) {
            throw wrong("--flows: " + FLOWS_MIN + " to " + FLOWS_MAX);
        }
        long ports = Stream.concat(Stream.of(clusterPort, managementPort), dataPorts.values().stream())
                .distinct()
                .count();
        if (ports != dataPorts.size() + 2L) {
            throw wrong("a port is named twice: cluster, data and management ports must differ");
        }
        return new DeviceSettings(
                identity(),
                clusterPort,
                dataPorts,
                packetIo,
                joinKey(),
                credentials(),
                deviceKeyFile(),
                flows,
                new AgentSettings(stateDirectory.toAbsolutePath(), managementPort, adminKeys(), ""));
    }

    private Path deviceKeyFile() {
        Path named = deviceKeyFile;
        return named == null ? StateLocation.in(stateDirectory.toAbsolutePath()).keyFile() : named.toAbsolutePath();
    }

    private DeviceIdentity identity() {
        String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new DeviceIdentity(
                serial,
                "testudo-" + System.getProperty("os.arch"),
                "1",
                System.getProperty("os.version", ""),
                version,
                List.of("direct-forward", "ipv4", "nat"),
                "",
                ProtocolVersions.OWN);
    }

    private String joinKey() throws IOException {
        Path file = joinKeyFile;
        if (file == null) {
            return "";
        }
        String key = read("--join-key-file", file).strip();
        if (!JOIN_KEY.matcher(key).matches()) {
            throw new IOException("join key file " + file + " holds no key: write 32 to 128 hexadecimal digits"
                    + " into it, such as `openssl rand -hex 32` prints");
        }
        return key;
    }

    private Optional<DeviceCredentials> credentials() throws IOException {
        CertificateOptions options = certificateOptions;
        if (options == null) {
            return Optional.empty();
        }
        // An error then names the option, and what to do.
        read("--certificate", options.certificate);
        read("--certificate-key", options.key);
        read("--certificate-authorities", options.authorities);
        return Optional.of(DeviceCredentials.read(serial, options.certificate, options.key, options.authorities));
    }

    private List<String> adminKeys() throws IOException {
        Path file = adminKeyFile;
        if (file == null) {
            return List.of();
        }
        List<String> keys = read("--admin-key", file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (keys.isEmpty() || !keys.stream().allMatch(PUBLIC_KEY.asMatchPredicate())) {
            throw new IOException("admin key file " + file + " holds no OpenSSH public key: name a file such as"
                    + " ~/.ssh/id_ed25519.pub, or make one with ssh-keygen");
        }
        return keys;
    }

    private static String read(String option, Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IOException(option + ": file " + file + " does not exist: check the name, or create it", e);
        } catch (AccessDeniedException e) {
            throw new IOException(option + ": file " + file + " may not be read: give this user the right to", e);
        } catch (IOException e) {
            throw new IOException(option + ": file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private ParameterException wrong(String message) {
        CommandSpec current = spec;
        if (current == null) {
            throw new IllegalStateException("picocli has set no spec");
        }
        return new ParameterException(current.commandLine(), message);
    }
}
