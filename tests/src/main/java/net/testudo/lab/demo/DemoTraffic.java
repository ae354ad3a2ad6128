package net.testudo.lab.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.testudo.lab.Await;
import net.testudo.lab.Lab;
import net.testudo.lab.Network;
import net.testudo.lab.Topology;
import net.testudo.lab.cluster.ClusterConfiguration;
import net.testudo.lab.traffic.ProbeReport;
import net.testudo.lab.traffic.SurvivorReport;
import net.testudo.lab.traffic.TrafficHost;

/// Traffic through the cluster, from the client through destination NAT to the server, and from the server through
/// source NAT to the client.
///
/// Flows are spread over the devices, so there are more probes than devices in each direction: the master owns some.
final class DemoTraffic implements AutoCloseable {
    /// TCP connections in all, half of them in each direction.
    static final int CONNECTIONS = 100;

    private static final int PORT = ClusterConfiguration.SERVED_PORT_LOWEST;
    private static final int OUTSIDE_PORT = 7000;
    private static final Duration MEASURING_INTERVAL = Duration.ofMillis(1);
    /// The first probe measures at 1 ms; more of them would measure the machine, which carries all devices on its
    /// cores.
    private static final Duration FURTHER_INTERVAL = Duration.ofMillis(5);
    private static final Duration WATCHING_INTERVAL = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final long STEADY_ECHOES = 20;
    private static final String INWARD = "inward";
    private static final String OUTWARD = "outward";

    private final TrafficHost client;
    private final TrafficHost server;
    private final List<Probe> probes = new ArrayList<>();

    private record Probe(TrafficHost host, String name, boolean measuring) {}

    /// What the hosts noticed.
    ///
    /// @param interruptionNs longest gap of any 1 ms probe since the mark
    /// @param tcpTotal connections
    /// @param tcpAlive connections that still carry data both ways
    /// @param natChanges how often a far side saw another source address or port
    /// @param lost datagrams without an echo
    /// @param duplicates datagrams that came twice: two devices forwarded them
    /// @param longestStallNs longest time in which a connection that lives received nothing
    /// @param lateNs how late the probing host itself was at most; interruptions are known no better than this
    record Outcome(
            long interruptionNs,
            int tcpTotal,
            int tcpAlive,
            long natChanges,
            long lost,
            long duplicates,
            long longestStallNs,
            long lateNs) {
        /// In one line.
        String text() {
            return "interruption %.1f ms (±%.1f), TCP %d of %d alive, NAT changes %d"
                    .formatted(interruptionNs / 1e6, lateNs / 1e6, tcpAlive, tcpTotal, natChanges);
        }

        /// The rest, in another one.
        String datagrams() {
            return "datagrams of the probes: %d lost, %d came twice".formatted(lost, duplicates);
        }
    }

    /// Starts the hosts' processes; they warm up while other things start.
    DemoTraffic(Lab lab) {
        client = TrafficHost.start(lab, lab.topology().client());
        server = TrafficHost.start(lab, lab.topology().server());
    }

    /// Waits until the hosts are ready to measure, and lets them answer.
    void prepare() {
        String clientAddress = Network.OUTSIDE.address(Topology.END_HOST);
        String serverAddress = Network.INSIDE.address(Topology.END_HOST);
        client.awaitReady().echo(clientAddress, OUTSIDE_PORT);
        client.serve(clientAddress, OUTSIDE_PORT);
        server.awaitReady().echo(serverAddress, PORT);
        server.serve(serverAddress, PORT);
    }

    /// Starts probes and connections, and waits until all of them pass.
    ///
    /// @return how many connections were established
    int start(int devices) {
        String cluster = Network.OUTSIDE.address(Topology.CLUSTER_HOST);
        String outside = Network.OUTSIDE.address(Topology.END_HOST);
        for (int i = 1; i <= devices; i++) {
            Probe inward = new Probe(client, INWARD + i, true);
            Probe outward = new Probe(server, OUTWARD + i, false);
            inward.host().probe(inward.name(), cluster, PORT, i == 1 ? MEASURING_INTERVAL : FURTHER_INTERVAL);
            outward.host().probe(outward.name(), outside, OUTSIDE_PORT, WATCHING_INTERVAL);
            probes.addAll(List.of(inward, outward));
        }
        awaitSteady("the probes pass");
        return client.connect(INWARD, cluster, PORT, CONNECTIONS / 2, LIMIT)
                + server.connect(OUTWARD, outside, OUTSIDE_PORT, CONNECTIONS / 2, LIMIT);
    }

    /// How many probes there are.
    int probes() {
        return probes.size();
    }

    /// From here on interruptions count.
    void mark() {
        probes.forEach(probe -> probe.host().mark(probe.name()));
    }

    /// Waits until each probe has had some more echoes.
    void awaitSteady(String what) {
        for (Probe probe : probes) {
            long before = probe.host().echoesReceived(probe.name());
            Await.until(
                    what + ": more than " + before + " echoes of " + probe.name(),
                    LIMIT,
                    () -> probe.host().echoesReceived(probe.name()),
                    echoes -> echoes >= before + STEADY_ECHOES);
        }
    }

    /// The longest gap of any 1 ms probe since the mark, up to now.
    long interruptionNs() {
        return probes.stream()
                .filter(Probe::measuring)
                .mapToLong(probe -> probe.host().probeReport(probe.name()).longestGapNs())
                .max()
                .orElse(0);
    }

    /// Ends probes and connections.
    Outcome finish() {
        SurvivorReport inward = client.survivors(INWARD, LIMIT);
        SurvivorReport outward = server.survivors(OUTWARD, LIMIT);
        long interruptionNs = 0;
        long natChanges = 0;
        long lost = 0;
        long duplicates = 0;
        long lateNs = 0;
        for (Probe probe : probes) {
            ProbeReport report = probe.host().probeResult(probe.name());
            natChanges += report.sourceChanges();
            lost += report.lost();
            duplicates += report.duplicates();
            if (probe.measuring()) {
                interruptionNs = Math.max(interruptionNs, report.longestGapNs());
                lateNs = Math.max(lateNs, report.senderLateNs());
            }
        }
        return new Outcome(
                interruptionNs,
                inward.total() + outward.total(),
                inward.alive() + outward.alive(),
                natChanges,
                lost,
                duplicates,
                Math.max(inward.longestStallNs(), outward.longestStallNs()),
                lateNs);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
