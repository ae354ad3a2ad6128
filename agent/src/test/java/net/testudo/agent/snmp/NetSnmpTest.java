package net.testudo.agent.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.mib.ClusterMib;
import net.testudo.mib.ClusterNotification;
import net.testudo.mib.CounterColumn;
import net.testudo.mib.EventObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.VariableBinding;

/// The agent as net-snmp sees it.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class NetSnmpTest {
    private static final int COUNTERS = 3000;
    private static final List<String> QUICK = List.of("-t", "2", "-r", "2");
    private static final String ENGINE_ID = "80007ed9056b1f0c3e5f7a4c1d9e2b0123456789ab";

    private final Fixture fixture = new Fixture(System.nanoTime() - 1000 * Fixture.SECOND_NS);
    private final MemoryElement element = new MemoryElement(fixture.snapshot(System.nanoTime()));
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path directory;

    private NetSnmp tools;
    private SnmpAgent agent;

    @BeforeEach
    void start() throws IOException {
        NetSnmp.require("snmpget");
        NetSnmp.require("snmptrapd");
        tools = new NetSnmp(directory);
        agent = SnmpAgent.start(element);
        agent.activate(loopback(0));
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
        agent.close();
    }

    @Test
    void walkingTheDeviceTableShowsTheSnapshot() throws Exception {
        ElementSnapshot snapshot = fixture.snapshot(System.nanoTime());
        element.publish(snapshot);
        agent.passivate();
        agent.activate(loopback(0));
        List<String> expected = new ArrayList<>();
        OID entry = new OID(ClusterMib.DEVICE_ENTRY);
        SnapshotView view = ClusterObjects.view(snapshot, 0);
        for (int position = view.positionFrom(entry, false); position < view.size(); position++) {
            VariableBinding instance = view.at(position);
            if (instance.getOid().startsWith(entry)) {
                boolean time = instance.getVariable() instanceof TimeTicks;
                expected.add("." + instance.getOid() + " " + (time ? ticks(instance) : instance.getVariable()));
            }
        }
        List<String> plain = List.of("-On", "-Oq", "-Oe", "-Ot", "-OU", "-t", "2", "-r", "2");
        for (String tool : List.of("snmpwalk", "snmpbulkwalk")) {
            NetSnmp.Output output = tools.run(tool, agent.port(), plain, entry.toDottedString());
            assertEquals(
                    expected,
                    output.lines().stream().map(line -> line.replace("\"", "")).toList());
        }
    }

    @Test
    void withOurTextNamesAndEnumerationsAreShown() throws Exception {
        NetSnmp.Output output = tools.run(
                "snmpget",
                agent.port(),
                QUICK,
                "testudoDeviceWorkingRole.1",
                "testudoClusterMode.0",
                "testudoCounterValue.\"flow.created\"",
                "testudoDiscoveredMac.\"B7\"");
        assertEquals(
                List.of(
                        "TESTUDO-CLUSTER-MIB::testudoDeviceWorkingRole.1 = INTEGER: master(3)",
                        "TESTUDO-CLUSTER-MIB::testudoClusterMode.0 = INTEGER: normal(3)",
                        "TESTUDO-CLUSTER-MIB::testudoCounterValue.\"flow.created\" = Counter64: 123456789012",
                        "TESTUDO-CLUSTER-MIB::testudoDiscoveredMac.\"B7\" = STRING: 2:0:0:0:0:b7"),
                output.lines());
    }

    @Test
    void aWrongPassphraseAndAnUnknownUserAreToldApartAtOnce() throws Exception {
        String master = "testudoClusterMaster.0";
        NetSnmp.Output wrong = tools.run("snmpget", agent.port(), List.of("-A", "not-the-passphrase"), master);
        assertEquals(1, wrong.status());
        assertTrue(wrong.text().contains("Authentication failure"), wrong.text());
        NetSnmp.Output unknown = tools.run("snmpget", agent.port(), List.of("-u", "stranger"), master);
        assertEquals(1, unknown.status());
        assertTrue(unknown.text().contains("Unknown user name"), unknown.text());
        NetSnmp.Output plain = tools.run("snmpget", agent.port(), List.of("-l", "authNoPriv"), master);
        assertTrue(plain.text().contains("authorizationError"), plain.text());
    }

    @Test
    void thousandsOfCountersAreWalkedInFull() throws Exception {
        int port = restartWithCounters();
        NetSnmp.Output output =
                tools.run("snmpbulkwalk", port, List.of("-Cr50", "-t", "2", "-r", "2"), CounterColumn.VALUE.oid());
        assertEquals(0, output.status());
        assertEquals(fixture.counters.size(), output.lines().size());
    }

    @Test
    void aRunningTrapReceiverHearsEverythingOverAFailover() throws Exception {
        int receiver = freePort();
        fixture.target("nms", receiver, "trap");
        Process trapd = tools.startTrapReceiver(receiver, ENGINE_ID);
        started.add(trapd);
        publishRevision();
        agent.activate(loopback(0));
        element.report(fixture.event(1, Kind.MASTER_SWITCHED, 1, Map.of("from", "2", "detect-ns", "31000000")));
        BufferedReader lines = trapd.inputReader(StandardCharsets.UTF_8);
        assertTrap(
                NetSnmp.lineWith(lines, "TRAP"),
                ClusterNotification.MASTER_SWITCHED,
                Map.of(
                        EventObject.ID, "A1/1/1",
                        EventObject.DEVICE, "1",
                        EventObject.SERIAL, "A1",
                        EventObject.EPOCH, "7",
                        EventObject.CAUSE, "silence",
                        EventObject.EVIDENCE, "detect-ns=31000000; from=2"));
        agent.close();
        try (SnmpAgent next = secondDevice(0)) {
            assertTrap(
                    NetSnmp.lineWith(lines, "TRAP"),
                    ClusterNotification.MASTER_SWITCHED,
                    Map.of(EventObject.ID, "A2/1/1", EventObject.EPOCH, "8"));
            assertTrue(next.active());
        }
    }

    @Test
    void aWalkThatIsUnderWayGoesOnOverAFailover() throws Exception {
        int port = restartWithCounters();
        Process walk =
                tools.start(tools.command("snmpwalk", port, List.of("-t", "1", "-r", "10"), CounterColumn.VALUE.oid()));
        started.add(walk);
        BufferedReader lines = walk.inputReader(StandardCharsets.UTF_8);
        for (int line = 0; line < COUNTERS / 10; line++) {
            assertTrue(lines.readLine().contains("Counter64"));
        }
        agent.close();
        try (SnmpAgent next = secondDevice(port)) {
            List<String> rest = lines.lines().toList();
            assertEquals(0, walk.waitFor());
            assertEquals(fixture.counters.size() - COUNTERS / 10, rest.size());
            assertTrue(rest.stream().allMatch(line -> line.contains("Counter64")));
            assertEquals(port, next.port());
        }
    }

    private int restartWithCounters() throws IOException {
        for (int counter = 0; counter < COUNTERS; counter++) {
            fixture.counters.put("drop.reason-%04d".formatted(counter), (long) counter);
        }
        publishRevision();
        agent.passivate();
        agent.activate(loopback(0));
        return agent.port();
    }

    private void publishRevision() {
        fixture.revision++;
        element.publish(fixture.snapshot(System.nanoTime()));
    }

    /// The same cluster, served by its second device after the death of the first.
    private SnmpAgent secondDevice(int port) throws IOException {
        fixture.device = 2;
        MemoryElement second = new MemoryElement(fixture.snapshot(System.nanoTime()));
        SnmpAgent next = SnmpAgent.start(second);
        fixture.master = 2;
        fixture.epoch = 8;
        fixture.engineBoots++;
        second.report(fixture.event(1, Kind.MASTER_SWITCHED, 2, Map.of()));
        second.publish(fixture.snapshot(System.nanoTime()));
        next.activate(loopback(port));
        return next;
    }

    private static void assertTrap(String line, ClusterNotification kind, Map<EventObject, String> objects) {
        assertTrue(line.contains(".1.3.6.1.6.3.1.1.4.1.0 = OID: ." + kind.oid()), line);
        objects.forEach((object, value) -> {
            String binding = "." + object.oid() + ".0 = ";
            int start = line.indexOf(binding);
            assertTrue(start >= 0, object + " is missing in " + line);
            String shown = line.substring(start + binding.length()).split("\t", -1)[0];
            assertEquals(value, shown.substring(shown.indexOf(": ") + 2).replace("\"", ""));
        });
    }

    private static String ticks(VariableBinding instance) {
        return String.valueOf(instance.getVariable().toLong());
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(loopback(0))) {
            return socket.getLocalPort();
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
