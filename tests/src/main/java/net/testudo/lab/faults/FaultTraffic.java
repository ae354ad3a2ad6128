package net.testudo.lab.faults;

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

/// Traffic through the cluster in both directions and through both kinds of NAT: probes that go on for the whole
/// course,
/// and for each step a set of TCP connections that begins before it.
final class FaultTraffic implements AutoCloseable {
    private static final int PORT = ClusterConfiguration.SERVED_PORT_LOWEST;
    private static final int OUTSIDE_PORT = 7000;
    private static final int CONNECTIONS_EACH_WAY = 10;
    private static final Duration MEASURING_INTERVAL = Duration.ofMillis(5);
    private static final Duration WATCHING_INTERVAL = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final long STEADY_ECHOES = 10;
    private static final String SET = "set";

    private final TrafficHost client;
    private final TrafficHost server;
    private final List<Probe> probes = new ArrayList<>();
    private long natChanges;

    private record Probe(TrafficHost host, String name, boolean measuring) {}

    /// What the hosts noticed of a step.
    ///
    /// @param gapNs the longest time between two echoes of a measuring probe
    /// @param lateNs how late the probing host itself was at most; the gap is known no better than this
    /// @param connections that were established before
    /// @param alive those that still carry data both ways
    /// @param natChanges how often a far side saw another source address or port
    record Noticed(long gapNs, long lateNs, int connections, int alive, long natChanges) {}

    /// Starts the hosts' processes; they warm up while other things start.
    FaultTraffic(Lab lab) {
        client = TrafficHost.start(lab, lab.topology().client());
        server = TrafficHost.start(lab, lab.topology().server());
    }

    /// Waits until the hosts are ready, and lets them answer.
    void prepare() {
        String clientAddress = Network.OUTSIDE.address(Topology.END_HOST);
        String serverAddress = Network.INSIDE.address(Topology.END_HOST);
        client.awaitReady().echo(clientAddress, OUTSIDE_PORT);
        client.serve(clientAddress, OUTSIDE_PORT);
        server.awaitReady().echo(serverAddress, PORT);
        server.serve(serverAddress, PORT);
    }

    /// Starts the probes, more than devices in each direction, and waits until they pass.
    void start(int devices) {
        for (int i = 1; i <= devices; i++) {
            client.probe("inward" + i, clusterAddress(), PORT, MEASURING_INTERVAL);
            server.probe("outward" + i, outsideAddress(), OUTSIDE_PORT, WATCHING_INTERVAL);
            probes.add(new Probe(client, "inward" + i, true));
            probes.add(new Probe(server, "outward" + i, false));
        }
        awaitSteady();
    }

    private static String clusterAddress() {
        return Network.OUTSIDE.address(Topology.CLUSTER_HOST);
    }

    private static String outsideAddress() {
        return Network.OUTSIDE.address(Topology.END_HOST);
    }

    /// Opens the connections of a step; from here on interruptions count.
    ///
    /// @return how many were established
    int begin() {
        int established = client.connect(SET, clusterAddress(), PORT, CONNECTIONS_EACH_WAY, LIMIT)
                + server.connect(SET, outsideAddress(), OUTSIDE_PORT, CONNECTIONS_EACH_WAY, LIMIT);
        probes.forEach(probe -> probe.host().mark(probe.name()));
        return established;
    }

    /// Waits until each probe has had some more echoes.
    void awaitSteady() {
        for (Probe probe : probes) {
            long before = probe.host().echoesReceived(probe.name());
            Await.until(
                    "more than " + before + " echoes of " + probe.name(),
                    LIMIT,
                    PAUSE,
                    () -> probe.host().echoesReceived(probe.name()),
                    echoes -> echoes >= before + STEADY_ECHOES);
        }
    }

    /// What was noticed since [#begin]; ends the connections.
    ///
    /// @param established what [#begin] answered
    Noticed end(int established) {
        SurvivorReport inward = client.survivors(SET, LIMIT);
        SurvivorReport outward = server.survivors(SET, LIMIT);
        long gapNs = 0;
        long lateNs = 0;
        long changes = 0;
        for (Probe probe : probes) {
            ProbeReport report = probe.host().probeReport(probe.name());
            changes += report.sourceChanges();
            if (probe.measuring()) {
                gapNs = Math.max(gapNs, report.longestGapNs());
                lateNs = Math.max(lateNs, report.senderLateNs());
            }
        }
        long before = natChanges;
        natChanges = changes;
        return new Noticed(gapNs, lateNs, established, inward.alive() + outward.alive(), changes - before);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
