package net.testudo.agent.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import net.testudo.mib.ClusterScalar;
import net.testudo.mib.TestudoSmi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snmp4j.PDU;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.smi.TimeTicks;

/// The agent of one device, and the hand-over between two, asked by a manager that runs all the time.
class SnmpAgentTest {
    private static final String UP_TIME = "1.3.6.1.2.1.1.3.0";
    private static final String OBJECT_ID = "1.3.6.1.2.1.1.2.0";
    private static final String AUTHENTICATION_TRAPS = "1.3.6.1.2.1.11.30.0";
    private static final String NAME = "1.3.6.1.2.1.1.5.0";
    private static final String ENGINE_ID = "1.3.6.1.6.3.10.2.1.1.0";
    private static final String BOOTS = "1.3.6.1.6.3.10.2.1.2.0";
    private static final String ENGINE_TIME = "1.3.6.1.6.3.10.2.1.3.0";
    private static final String MASTER = ClusterScalar.CLUSTER_MASTER_SERIAL.oid() + ".0";
    private static final String EPOCH = ClusterScalar.CLUSTER_EPOCH.oid() + ".0";

    private final Fixture fixture = new Fixture(System.nanoTime() - 1000 * Fixture.SECOND_NS);
    private final MemoryElement element = new MemoryElement(fixture.snapshot(System.nanoTime()));
    private SnmpAgent agent;
    private ForeignManager manager;

    @BeforeEach
    void start() throws IOException {
        agent = SnmpAgent.start(element);
        manager = new ForeignManager("ops");
    }

    @AfterEach
    void close() throws IOException {
        agent.close();
        manager.close();
    }

    @Test
    void itAnswersForTheClusterOnceItIsActive() throws IOException {
        assertEquals(0, agent.port());
        agent.activate(loopback(0));
        PDU answer = get("ops", OBJECT_ID, NAME, MASTER, ENGINE_ID, AUTHENTICATION_TRAPS);
        assertEquals("2", value(answer, 4), "there are none, and it says so");
        assertEquals(TestudoSmi.ELEMENT, value(answer, 0));
        assertEquals("demo", value(answer, 1));
        assertEquals("A1", value(answer, 2));
        assertEquals("80:00:7e:d9:05:6b:1f:0c:3e:5f:7a:4c:1d:9e:2b:01:23:45:67:89:ab", value(answer, 3));
    }

    @Test
    void bootsAreTheCommittedCountAndTimeStartsWithThem() throws IOException {
        agent.activate(loopback(0));
        PDU answer = get("ops", BOOTS, ENGINE_TIME);
        assertEquals("3", value(answer, 0));
        assertTrue(answer.get(1).getVariable().toInt() <= 2);
    }

    @Test
    void aLeaseThatComesBackWithinOneActivationDoesNotTurnTheEnginesTimeBack() throws IOException {
        long[] nowNs = {System.nanoTime()};
        try (SnmpAgent clocked = SnmpAgent.start(element, () -> nowNs[0])) {
            clocked.activate(loopback(0));
            clocked.passivate();
            nowNs[0] += 100 * Fixture.SECOND_NS;
            clocked.activate(loopback(0));
            PDU answer = Objects.requireNonNull(manager.get(clocked.port(), "ops", BOOTS, ENGINE_TIME));
            assertEquals("3", value(answer, 0));
            assertTrue(answer.get(1).getVariable().toInt() >= 100);
        }
    }

    @Test
    void anAgentThatIsStartedAgainGoesOnWithTheEnginesTime() throws IOException {
        fixture.engineBootsNs -= 1000 * Fixture.SECOND_NS;
        element.publish(fixture.snapshot(System.nanoTime()));
        try (SnmpAgent next = SnmpAgent.start(element)) {
            next.activate(loopback(0));
            PDU answer = Objects.requireNonNull(manager.get(next.port(), "ops", BOOTS, ENGINE_TIME));
            assertEquals("3", value(answer, 0));
            assertTrue(answer.get(1).getVariable().toInt() >= 1000);
        }
    }

    @Test
    void upTimeIsTheClustersNotTheProcesses() throws IOException {
        agent.activate(loopback(0));
        assertTrue(ticks(get("ops", UP_TIME), 0) >= 100_000);
    }

    @Test
    void anUnknownUserAndAWrongPassphraseGetAReport() throws IOException {
        agent.activate(loopback(0));
        try (ForeignManager stranger = new ForeignManager("stranger")) {
            PDU report = Objects.requireNonNull(stranger.get(agent.port(), "stranger", MASTER));
            assertEquals(PDU.REPORT, report.getType());
            assertEquals(SnmpConstants.usmStatsUnknownUserNames, report.get(0).getOid());
        }
        String path = "/testudo-system:system/snmp/user[name='ops']/authentication-passphrase = ";
        fixture.secrets = fixture.secrets.replace(path, path + "other-");
        fixture.revision++;
        element.publish(fixture.snapshot(System.nanoTime()));
        agent.activate(loopback(0));
        PDU report = get("ops", MASTER);
        assertEquals(PDU.REPORT, report.getType());
        assertEquals(SnmpConstants.usmStatsWrongDigests, report.get(0).getOid());
    }

    @Test
    void withoutPrivacyNothingIsReadAndNobodyWrites() throws IOException {
        agent.activate(loopback(0));
        PDU plain =
                Objects.requireNonNull(manager.ask(agent.port(), "ops", SecurityLevel.AUTH_NOPRIV, PDU.GET, MASTER));
        assertEquals(PDU.authorizationError, plain.getErrorStatus());
        PDU set = Objects.requireNonNull(manager.ask(agent.port(), "ops", SecurityLevel.AUTH_PRIV, PDU.SET, NAME));
        assertEquals(PDU.authorizationError, set.getErrorStatus());
        assertEquals("demo", value(get("ops", NAME), 0));
    }

    @Test
    void aRevisionChangesUsersWithoutClosingTheEngine() throws IOException {
        agent.activate(loopback(0));
        int port = agent.port();
        assertEquals("A1", value(get("ops", MASTER), 0));
        fixture.user("root", "admin");
        fixture.revision++;
        element.publish(fixture.snapshot(System.nanoTime()));
        // It follows by itself; a second activation waits for that and changes nothing else.
        agent.activate(loopback(0));
        assertEquals(port, agent.port());
        try (ForeignManager root = new ForeignManager("root")) {
            assertEquals("A1", value(Objects.requireNonNull(root.get(port, "root", MASTER)), 0));
        }
        assertEquals("A1", value(get("ops", MASTER), 0));
    }

    @Tag("FOO-08")
    @Test
    void aManagerSeesOneAgentOverAFailover() throws IOException {
        agent.activate(loopback(0));
        int port = agent.port();
        PDU before = get("ops", BOOTS, UP_TIME, ENGINE_ID, MASTER, EPOCH);

        Fixture second = new Fixture(fixture.startedNs);
        second.device = 2;
        second.master = 1;
        MemoryElement secondElement = new MemoryElement(second.snapshot(System.nanoTime()));
        try (SnmpAgent next = SnmpAgent.start(secondElement)) {
            agent.close();
            second.master = 2;
            second.epoch = 8;
            second.engineBoots = 4;
            secondElement.publish(second.snapshot(System.nanoTime()));
            next.activate(loopback(port));
            PDU after = get("ops", port, BOOTS, UP_TIME, ENGINE_ID, MASTER, EPOCH);
            assertEquals(PDU.RESPONSE, after.getType());
            assertEquals("3", value(before, 0));
            assertEquals("4", value(after, 0));
            assertTrue(ticks(after, 1) >= ticks(before, 1));
            assertEquals(value(before, 2), value(after, 2));
            assertEquals("A2", value(after, 3));
            assertEquals("8", value(after, 4));
        }
    }

    @Test
    void anAddressThatIsTakenIsAClearErrorAndCanBeTriedAgain() throws IOException {
        agent.activate(loopback(0));
        try (SnmpAgent second = SnmpAgent.start(element)) {
            IOException error = assertThrows(IOException.class, () -> second.activate(loopback(agent.port())));
            String message = Objects.requireNonNull(error.getMessage());
            assertTrue(message.contains("UDP") && message.contains(":" + agent.port()), message);
            assertFalse(second.active());
            int port = agent.port();
            agent.passivate();
            second.activate(loopback(port));
            assertTrue(second.active());
        }
    }

    private PDU get(String user, String... oids) throws IOException {
        return get(user, agent.port(), oids);
    }

    private PDU get(String user, int port, String... oids) throws IOException {
        return Objects.requireNonNull(manager.get(port, user, oids), "no answer");
    }

    private static String value(PDU pdu, int position) {
        return pdu.get(position).getVariable().toString();
    }

    private static long ticks(PDU pdu, int position) {
        return ((TimeTicks) pdu.get(position).getVariable()).toLong();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
