package net.testudo.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import net.testudo.lab.Lab;
import net.testudo.lab.Network;
import net.testudo.lab.Topology;
import net.testudo.lab.traffic.ProbeReport;
import net.testudo.lab.traffic.SurvivorReport;
import net.testudo.lab.traffic.TrafficHost;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The traffic tools measure a fault whose length is known. The nms and a device's management port, joined by the
/// switch, are the two hosts.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrafficIT {
    private static final Duration INTERVAL = Duration.ofMillis(1);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long CUT_MS = 200;

    private final Lab lab = openLab();
    private final Topology topology = lab.topology();
    private final String farAddress = topology.managementAddress(1);
    private final TrafficHost near = TrafficHost.start(lab, topology.nms());
    private final TrafficHost far = TrafficHost.start(lab, topology.device(1));

    private static Lab openLab() {
        assumeTrue(Lab.usable(), "this process may not create network namespaces: run ./testudo test as root");
        return Lab.open(1);
    }

    @BeforeAll
    void startsHosts() {
        near.awaitReady();
        far.awaitReady();
        far.echo(farAddress, 5000);
        far.serve(farAddress, 5000);
    }

    @AfterAll
    void closesLab() {
        near.close();
        far.close();
        lab.close();
    }

    /// Starts a probe and returns once it has had its first 100 echoes.
    private void startProbe(String name) {
        near.probe(name, farAddress, 5000, INTERVAL);
        await(name, 100);
    }

    private void await(String name, long more) {
        long enough = near.echoesReceived(name) + more;
        long startNs = System.nanoTime();
        while (near.echoesReceived(name) < enough) {
            assertTrue(System.nanoTime() - startNs < LIMIT.toNanos(), "no echoes: " + near.probeReport(name));
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }

    /// Cuts the device's management link for at least [#CUT_MS].
    ///
    /// @return what the cut surely lasted, and what it lasted at most, in ns
    private long[] cutForAWhile() {
        long beforeNs = System.nanoTime();
        lab.cutSilently(1, Network.MANAGEMENT);
        long cutNs = System.nanoTime();
        // The length of the cut is what is tested here: nothing announces its end.
        LockSupport.parkNanos(CUT_MS * 1_000_000);
        long healingNs = System.nanoTime();
        lab.heal(1, Network.MANAGEMENT);
        return new long[] {healingNs - cutNs, System.nanoTime() - beforeNs};
    }

    @Test
    void aProbeMeasuresTheLengthOfACut() {
        startProbe("cut");
        near.mark("cut");
        long[] boundsNs = cutForAWhile();
        await("cut", 100);
        ProbeReport report = near.probeResult("cut");
        long toleranceNs = 5 * INTERVAL.toNanos() + report.senderLateNs();
        assertTrue(report.longestGapNs() >= boundsNs[0], report + " is shorter than " + boundsNs[0]);
        assertTrue(report.longestGapNs() <= boundsNs[1] + toleranceNs, report + " is longer than " + boundsNs[1]);
        assertTrue(report.lost() >= CUT_MS - 1, report.toString());
        assertEquals(0, report.sourceChanges(), report.toString());
    }

    @Test
    void aChangeOfTheSourcePortIsSeen() {
        startProbe("source");
        nft("add table ip change; add chain ip change out { type filter hook output priority 0; };"
                + " add rule ip change out udp dport 5000 counter udp sport set 40001");
        while (nft("list table ip change").contains("packets 0 ")) {
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
        // The echoes found nobody at the other port; now they return, and tell of the change there and back.
        nft("delete table ip change");
        await("source", 10);
        assertEquals(2, near.probeResult("source").sourceChanges());
    }

    private String nft(String commands) {
        return lab.run(topology.nms(), List.of("nft", commands));
    }

    @Test
    void connectionsSurviveACutShorterThanTheirPatience() {
        assertEquals(20, near.connect("short", farAddress, 5000, 20, LIMIT));
        cutForAWhile();
        SurvivorReport report = near.survivors("short", LIMIT);
        assertEquals(20, report.alive(), report.toString());
        assertTrue(report.longestStallNs() > CUT_MS * 1_000_000, report.toString());
    }

    @Test
    void connectionsWithoutALinkAreStuck() {
        assertEquals(3, near.connect("stuck", farAddress, 5000, 3, LIMIT));
        lab.cutSilently(1, Network.MANAGEMENT);
        SurvivorReport report = near.survivors("stuck", Duration.ofMillis(300));
        lab.heal(1, Network.MANAGEMENT);
        assertEquals(new SurvivorReport(3, 0, 0, 3, 0), report);
    }

    @Test
    void refusedConnectionsAreReset() {
        near.connect("refused", farAddress, 5001, 4, Duration.ofMillis(200));
        assertEquals(new SurvivorReport(4, 0, 4, 0, 0), near.survivors("refused", LIMIT));
    }
}
