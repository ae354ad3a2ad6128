package net.testudo.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.testudo.lab.Await;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.Network;
import net.testudo.lab.Topology;
import net.testudo.lab.cluster.ClusterConfiguration;
import net.testudo.lab.cluster.DeviceTable;
import net.testudo.lab.cluster.Devices;
import net.testudo.lab.cluster.Formation;
import net.testudo.lab.cluster.NetconfClient;
import net.testudo.lab.cluster.NetconfClient.Fate;
import net.testudo.lab.cluster.Secrets;
import net.testudo.lab.cluster.SnmpClient;
import net.testudo.lab.traffic.ProbeReport;
import net.testudo.lab.traffic.SurvivorReport;
import net.testudo.lab.traffic.TrafficHost;
import net.testudo.mib.WorkingRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A cluster of two gets a third device, sends it into maintenance and back, and lets it go again, under traffic, by
/// NETCONF alone; then the master too goes into maintenance.
@Tag("FRM-01")
@Tag("FOO-14")
class GrowingIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String CLUSTER_ADDRESS = Network.INSIDE.address(Topology.CLUSTER_HOST);
    private static final String OUTSIDE_ADDRESS = Network.OUTSIDE.address(Topology.CLUSTER_HOST);
    private static final int PORT = ClusterConfiguration.SERVED_PORT_LOWEST;
    private static final int CONNECTIONS = 30;
    private static final int PROBES = 4;
    private static final String THIRD = Devices.serial(3);

    private final Lab lab = open();
    private final Secrets secrets = Secrets.draw(lab.directory(), 3);
    private final Devices devices = new Devices(lab, secrets);
    private final SnmpClient snmp = new SnmpClient(lab, secrets, CLUSTER_ADDRESS);
    private final NetconfClient netconf = new NetconfClient(lab, secrets);
    private final TrafficHost client = TrafficHost.start(lab, lab.topology().client());
    private final TrafficHost server = TrafficHost.start(lab, lab.topology().server());

    private static Lab open() {
        assumeTrue(Lab.usable(), "this process may not create network namespaces: run ./testudo test as root");
        return Lab.open(3);
    }

    @BeforeEach
    void formPair() {
        devices.start(1);
        devices.start(2);
        client.awaitReady();
        server.awaitReady();
        server.echo(Network.INSIDE.address(Topology.END_HOST), PORT);
        server.serve(Network.INSIDE.address(Topology.END_HOST), PORT);
        devices.awaitRunning(1);
        devices.awaitRunning(2);
        netconf.connect(lab.topology().managementAddress(1), LIMIT);
        new Formation(lab, devices, netconf, snmp).configure(secrets);
        awaitTable("a pair", table -> table.whole(2));
        netconf.connect(CLUSTER_ADDRESS, LIMIT);
        String byRpcOnly = "<cluster xmlns='urn:testudo:yang:testudo-cluster'><auto-join>false</auto-join></cluster>";
        assertEquals(Fate.ACKNOWLEDGED, netconf.commit(byRpcOnly, "by-rpc-only").fate());
    }

    @AfterEach
    void closeLab() {
        client.close();
        server.close();
        netconf.close();
        lab.close();
    }

    private int masterDevice() {
        return devices.bySerial(DeviceTable.read(snmp).master().orElseThrow());
    }

    private DeviceTable awaitTable(String what, Predicate<DeviceTable> awaited) {
        return Await.until(what, LIMIT, PAUSE, () -> DeviceTable.read(snmp), awaited);
    }

    private void rpc(String operation, String serial) {
        String reply = netconf.rpc("<" + operation + " xmlns='urn:testudo:yang:testudo-cluster'><serial>" + serial
                + "</serial></" + operation + ">");
        assertTrue(reply.contains("<ok"), operation + ": " + reply);
    }

    private void awaitDiscovered() {
        String state = "<get xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><filter type='subtree'>"
                + "<cluster xmlns='urn:testudo:yang:testudo-cluster'><state><discovered-device/></state></cluster>"
                + "</filter></get>";
        Await.until("discovery of " + THIRD, LIMIT, PAUSE, () -> read(state), text -> text.contains(THIRD));
    }

    /// Reads as an orchestrator does: a session ends with the role of the master it began at, and the start of a third
    /// device on two cores may make the role move. That the hosts do not notice is what counts here.
    private String read(String operation) {
        try {
            return netconf.rpc(operation);
        } catch (LabException _) {
            netconf.connect(CLUSTER_ADDRESS, LIMIT);
            return netconf.rpc(operation);
        }
    }

    private static boolean inMaintenance(DeviceTable table, String serial) {
        return table.rows().stream()
                .anyMatch(row -> row.serial().equals(serial)
                        && row.role().equals(WorkingRole.NON_MEMBER.label())
                        && row.flows() == 0);
    }

    /// Asked at the master's own address: if the master is meant, the cluster's moves away before it could answer.
    private void maintain(String serial) {
        netconf.connect(lab.topology().managementAddress(masterDevice()), LIMIT);
        rpc("deactivate-member", serial);
        awaitTable("maintenance of " + serial, table -> inMaintenance(table, serial));
        netconf.connect(CLUSTER_ADDRESS, LIMIT);
        rpc("activate-member", serial);
    }

    @Test
    void twoBecomeThreeAndTwoAgainAndTheHostsDoNotNotice() {
        for (int probe = 1; probe <= PROBES; probe++) {
            client.probe("probe" + probe, OUTSIDE_ADDRESS, PORT, Duration.ofMillis(10));
        }
        assertEquals(CONNECTIONS, client.connect("connections", OUTSIDE_ADDRESS, PORT, CONNECTIONS, LIMIT));

        devices.start(3);
        devices.awaitRunning(3);
        awaitDiscovered();
        assertFalse(DeviceTable.read(snmp).roles().containsKey(THIRD), "it waits for the rpc");
        netconf.connect(CLUSTER_ADDRESS, LIMIT);
        rpc("join", THIRD);
        awaitTable("three members", table -> table.whole(3));

        maintain(THIRD);
        awaitTable("three members after the maintenance of one", table -> table.whole(3));
        netconf.connect(CLUSTER_ADDRESS, LIMIT);
        rpc("leave", THIRD);
        DeviceTable pair = awaitTable("two members", table -> table.whole(2));

        String master = pair.master().orElseThrow();
        maintain(master);
        DeviceTable after = awaitTable("two members after the maintenance of the master", table -> table.whole(2));
        assertFalse(after.master().orElseThrow().equals(master), after.toString());

        SurvivorReport connections = client.survivors("connections", LIMIT);
        assertEquals(CONNECTIONS, connections.alive(), connections.toString());
        List<ProbeReport> probes = probeResults();
        assertEquals(0, probes.stream().mapToLong(ProbeReport::sourceChanges).sum(), probes.toString());
        assertEquals(0, probes.stream().mapToLong(ProbeReport::duplicates).sum(), probes.toString());
    }

    private List<ProbeReport> probeResults() {
        return IntStream.rangeClosed(1, PROBES)
                .mapToObj(probe -> client.probeResult("probe" + probe))
                .toList();
    }
}
