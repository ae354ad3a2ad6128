package net.testudo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import net.testudo.lab.Network;
import net.testudo.lab.Topology;
import net.testudo.lab.netconf.ClientHost;

/// What a client of the cluster's NETCONF server waits for, on real devices in a lab of their own. What to reach, and
/// what a peer does, is told beside the benchmark in the README.
final class NetconfBench implements AutoCloseable {
    private static final String ADDRESS = Network.INSIDE.address(Topology.CLUSTER_HOST);
    private static final String POLICY = "urn:testudo:yang:testudo-policy";
    private static final String ONE = "one";
    private static final String MANY = "many";
    private static final Duration RATE_TIME = Duration.ofSeconds(5);
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_S = 1e9;
    private static final double OCTETS_PER_MB = 1e6;
    private static final double KB_PER_MB = 1e3;

    private static final double COMMIT_MS_ALONE = 2;
    private static final double COMMIT_MS_TOGETHER = 4;
    private static final double READ_MS = 1;
    private static final double READS_PER_S = 2_000;
    private static final double READ_MB_PER_S = 30;
    private static final double ADD_S_ALONE = 1;
    private static final double ADD_S_TOGETHER = 2;
    private static final double MEMORY_MB = 450;

    private static final String COMMIT = "<commit/>";

    private final Report report;
    private final int devices;
    private final DeviceCluster cluster;
    private final ClientHost clients;
    private int entries;

    NetconfBench(Report report, int devices) {
        this.report = report;
        this.devices = devices;
        cluster = new DeviceCluster(devices, true);
        clients = new ClientHost(cluster.lab(), cluster.secrets());
        clients.open(ONE, 1, ADDRESS);
    }

    /// Adds rules until there are so many, then measures.
    void measure(int size, int warmUp, int times, int sessions) {
        if (entries < size) {
            add(size - entries);
        }
        String end = "-" + size + "-entries-" + devices + "-devices";
        String[] commit = {
            edit("<rule><name>bench-1</name><destination-port>" + ClientHost.NUMBER + ".." + ClientHost.NUMBER
                    + "</destination-port></rule>"),
            COMMIT
        };
        clients.ask(ONE, warmUp, commit);
        report.add(Figure.of("commit-one-leaf" + end, median(clients.ask(ONE, times, commit)), "ms")
                .atMost(devices == 1 ? COMMIT_MS_ALONE : COMMIT_MS_TOGETHER));
        String leaf = read("<rule><name>bench-1</name><source/></rule>");
        clients.ask(ONE, warmUp, leaf);
        report.add(Figure.of("read-one-leaf" + end, median(clients.ask(ONE, times, leaf)), "ms")
                .atMost(READ_MS));
        clients.open(MANY, sessions, ADDRESS);
        report.add(Figure.of("reads-by-" + sessions + "-sessions" + end, clients.rate(MANY, RATE_TIME, leaf), "/s")
                .atLeast(READS_PER_S));
        clients.close(MANY);
        addThroughput("read-all-by-container" + end, times, read(""));
        addThroughput("read-all-by-list" + end, times, read("<rule/>"));
        report.add(Figure.of("memory-of-the-master" + end, memoryMb(), "MB").atMost(MEMORY_MB));
    }

    /// Adds so many rules by one edit.
    void measureAdding(int added) {
        String end = "-" + added + "-entries-to-" + entries + "-" + devices + "-devices";
        Calm calm = new Calm(cluster);
        double s = add(added) / NS_PER_S;
        report.add(Figure.of("add" + end, s, "s").atMost(devices == 1 ? ADD_S_ALONE : ADD_S_TOGETHER));
        calm.report(report, "-add" + end);
    }

    /// @return how long it took, in nanoseconds
    private long add(int count) {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < count; i++) {
            entries++;
            rules.append("<rule><name>bench-%d</name><from-network>outside</from-network>".formatted(entries)
                    + "<to-network>inside</to-network><source>198.51.100.%d/32</source>".formatted(entries & 0xff)
                    + "<destination>203.0.113.%d/32</destination><protocol>tcp</protocol>".formatted(entries & 0xff)
                    + "<destination-port>%d..65535</destination-port><action>drop</action></rule>"
                            .formatted(entries & 0x7fff));
        }
        return clients.ask(ONE, 1, edit(rules.toString()), COMMIT).ns().getFirst();
    }

    private void addThroughput(String name, int times, String operation) {
        ClientHost.Times answered = clients.ask(ONE, times, operation);
        double seconds = median(answered) * NS_PER_MS / NS_PER_S;
        report.add(Figure.of(name, answered.octets() / OCTETS_PER_MB / seconds, "MB/s")
                .atLeast(READ_MB_PER_S));
    }

    private static String edit(String rules) {
        return "<edit-config><target><candidate/></target><config><policy xmlns='" + POLICY + "'>" + rules
                + "</policy></config></edit-config>";
    }

    private static String read(String selection) {
        return "<get-config><source><running/></source><filter type='subtree'><policy xmlns='" + POLICY + "'>"
                + selection + "</policy></filter></get-config>";
    }

    /// In milliseconds.
    private static double median(ClientHost.Times times) {
        Samples samples = new Samples();
        times.ns().forEach(ns -> samples.add(ns / NS_PER_MS));
        return samples.median();
    }

    /// Resident, of the element and the agent of the master.
    private double memoryMb() {
        double sum = 0;
        for (long process : cluster.processes(cluster.master())) {
            sum += residentKb(process) / KB_PER_MB;
        }
        return sum;
    }

    private static long residentKb(long process) {
        Path status = Path.of("/proc/" + process + "/status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + status, e);
        }
    }

    @Override
    public void close() {
        clients.close();
        cluster.close();
    }
}
