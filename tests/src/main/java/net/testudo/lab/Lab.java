package net.testudo.lab;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A network of namespaces with processes in it. It touches nothing of the machine's own network.
///
/// [#close] removes namespaces, processes and files; a shutdown hook does so at Ctrl-C and at an unexpected end.
/// Needs root, or a user namespace in which the caller is root and may mount (the launcher makes one).
public final class Lab implements AutoCloseable {
    /// What the names of all labs begin with.
    static final String PREFIX = "testudo-";

    private static final String LOG_SUFFIX = ".log";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int STRAY_END_LIMIT_SECONDS = 5;
    private static final String FORWARDING = "3";
    private static final String DISABLED = "0";

    /// Before the links exist: no IPv6, no forwarding, and one network's address is not answered on another.
    private static final String KERNEL_SETTINGS = """
            for net in all default; do
                [ ! -d /proc/sys/net/ipv6 ] || echo 1 >/proc/sys/net/ipv6/conf/$net/disable_ipv6
                echo 0 >/proc/sys/net/ipv4/conf/$net/forwarding
                echo 0 >/proc/sys/net/ipv4/conf/$net/rp_filter
                echo 1 >/proc/sys/net/ipv4/conf/$net/arp_ignore
            done
            """;

    /// A packet socket must see whole packets with real checksums, as on a wire.
    private static final String OFFLOADS_OFF =
            "for port; do ethtool -K \"$port\" tx off rx off tso off gso off gro off >/dev/null || exit; done";

    private final Topology topology;
    private final Path directory;
    private final List<LabProcess> processes = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread hook = new Thread(this::tearDown, "lab-teardown");

    private Lab(Topology topology, Path directory) {
        this.topology = topology;
        this.directory = directory;
    }

    /// Builds a lab with this number of devices; no process runs in it yet.
    ///
    /// @throws LabException with what to do about it, if a right or a program is missing
    public static Lab open(int devices) {
        String prefix = PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        Lab lab = new Lab(new Topology(prefix, devices), createDirectory(prefix));
        Runtime.getRuntime().addShutdownHook(lab.hook);
        try {
            lab.build();
            return lab;
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    /// Whether this process may create network namespaces.
    public static boolean usable() {
        return Commands.attempt(List.of("unshare", "-n", "-m", "true"), "", Duration.ofSeconds(5))
                        .status()
                == 0;
    }

    private static Path createDirectory(String prefix) {
        try {
            // Only its owner may read it: it holds the keys that the demo generates.
            return Files.createTempDirectory(
                    prefix + "-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new LabException("cannot create a directory for the lab: " + e.getMessage(), e);
        }
    }

    private void build() {
        batch("", topology.namespaceCommands());
        for (String namespace : topology.namespaces()) {
            Commands.run(Commands.inNamespace(namespace, List.of("sh", "-e", "-c", KERNEL_SETTINGS)));
        }
        batch(topology.switchNamespace(), topology.switchCommands());
        for (String namespace : topology.namespaces()) {
            List<String> command = new ArrayList<>(List.of("sh", "-c", OFFLOADS_OFF, "sh"));
            command.addAll(topology.ports(namespace));
            Commands.run(Commands.inNamespace(namespace, command));
            if (!namespace.equals(topology.switchNamespace())) {
                batch(namespace, topology.portCommands(namespace));
            }
        }
    }

    private static void batch(String namespace, List<String> commands) {
        List<String> line = new ArrayList<>(List.of("ip"));
        if (!namespace.isEmpty()) {
            line.addAll(List.of("-n", namespace));
        }
        line.addAll(List.of("-batch", "-"));
        Commands.run(line, String.join("\n", commands) + "\n");
    }

    /// What the lab consists of.
    public Topology topology() {
        return topology;
    }

    /// A directory of the lab's own, for logs, keys and state; only its owner may read it.
    public Path directory() {
        return directory;
    }

    /// Starts a command in a namespace; its log is `<name>.log` in the lab's directory. The lab ends it.
    ///
    /// @param environment added to that of this process
    public LabProcess start(String name, String namespace, List<String> command, Map<String, String> environment) {
        LabProcess process = LabProcess.start(name, namespace, command, environment, log(name));
        synchronized (processes) {
            processes.add(process);
        }
        return process;
    }

    private Path log(String name) {
        return directory.resolve(name + LOG_SUFFIX);
    }

    /// Starts a program whose standard input and output are led by the caller; what it reports as errors goes to
    /// `<name>.log`. It must end with its input; the lab ends it at the latest.
    public Process startPiped(String name, String namespace, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(Commands.inNamespace(namespace, command));
        try {
            return builder.redirectError(log(name).toFile()).start();
        } catch (IOException e) {
            throw new LabException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /// Runs a command in a namespace; it must succeed.
    ///
    /// @return its standard output
    public String run(String namespace, List<String> command) {
        return Commands.run(Commands.inNamespace(namespace, command));
    }

    /// Cuts all links of a device in one step: what happens when its power fails. Both ends lose carrier.
    public void cutAllLinks(int device) {
        setLinkGroup(device, "down");
    }

    /// Brings back all links of a device.
    public void restoreAllLinks(int device) {
        setLinkGroup(device, "up");
    }

    /// Cuts one link of a device so that no end notices: the carrier stays, the frames of both directions vanish.
    public void cutSilently(int device, Network network) {
        setPortState(device, network, DISABLED);
    }

    /// Ends [#cutSilently].
    public void heal(int device, Network network) {
        setPortState(device, network, FORWARDING);
    }

    /// Cuts one direction of a device's link so that no end notices: frames vanish at the switch's port.
    ///
    /// @param toDevice whether what goes to the device vanishes; otherwise what comes from it
    public void cutOneWay(int device, Network network, boolean toDevice) {
        String port = topology.switchPort(device, network);
        String hook = toDevice ? "egress" : "ingress";
        String table = oneWayTable(port);
        String chain = "{ type filter hook " + hook + " device \"" + port + "\" priority 0; policy drop; }";
        nft("add table netdev " + table + "; add chain netdev " + table + " cut " + chain);
    }

    /// Ends [#cutOneWay].
    public void healOneWay(int device, Network network) {
        nft("delete table netdev " + oneWayTable(topology.switchPort(device, network)));
    }

    private static String oneWayTable(String port) {
        return "one-way-" + port;
    }

    private void nft(String commands) {
        run(topology.switchNamespace(), List.of("nft", commands));
    }

    private void setLinkGroup(int device, String state) {
        // One request for the whole group: the kernel takes all links down under one lock.
        String group = Integer.toString(topology.linkGroup(device));
        Commands.run(List.of("ip", "-n", topology.switchNamespace(), "link", "set", "group", group, state));
    }

    private void setPortState(int device, Network network, String state) {
        String port = topology.switchPort(device, network);
        Commands.run(List.of("bridge", "-n", topology.switchNamespace(), "link", "set", "dev", port, "state", state));
    }

    /// Ends the lab's processes and removes its namespaces and files.
    @Override
    public void close() {
        tearDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The JVM is already ending: the hook runs, and finds nothing left to do.
        }
    }

    /// Whether it is closed, by its owner or because this JVM is ending.
    public boolean closed() {
        return closed.get();
    }

    /// Leaves everything as it is and forgets it; [KeptLabs#stopAll] ends it.
    public void keep() {
        synchronized (processes) {
            KeptLabs.record(directory, topology, processes);
        }
        closed.set(true);
        close();
    }

    /// Copies the logs to a directory that stays when the lab goes: for whoever looks for the cause of a failure.
    ///
    /// @return that directory; only its owner may read it
    /// @throws LabException if it cannot be written
    public Path saveLogs() {
        try {
            Path copies = Files.createTempDirectory(PREFIX + "logs-");
            try (DirectoryStream<Path> logs = Files.newDirectoryStream(directory, "*" + LOG_SUFFIX)) {
                for (Path log : logs) {
                    Files.copy(log, copies.resolve(log.getFileName()));
                }
            }
            return copies;
        } catch (IOException e) {
            throw new LabException("cannot save the logs of the lab: " + e.getMessage(), e);
        }
    }

    private void tearDown() {
        if (closed.getAndSet(true)) {
            return;
        }
        synchronized (processes) {
            processes.forEach(LabProcess::kill);
        }
        removeNamespaces(topology.namespaces());
        deleteDirectory(directory);
    }

    /// Removes those of the namespaces that exist, with the processes in them.
    static void removeNamespaces(List<String> namespaces) {
        String known = Commands.run(List.of("ip", "netns", "list"));
        List<String> left = namespaces.stream()
                .filter(name -> known.lines().anyMatch(line -> (line + " ").startsWith(name + " ")))
                .toList();
        left.forEach(Lab::endStrays);
        batch("", left.stream().map(name -> "netns del " + name).toList());
    }

    /// What a process of the lab started and did not end itself.
    private static void endStrays(String namespace) {
        Commands.run(List.of("ip", "netns", "pids", namespace))
                .lines()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())).stream())
                .forEach(Lab::endAndAwait);
    }

    /// Kills a process and waits until it is gone.
    static void endAndAwait(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit()
                .completeOnTimeout(process, STRAY_END_LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    static void deleteDirectory(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new LabException("cannot remove " + directory + ": " + e.getMessage(), e);
        }
    }
}
