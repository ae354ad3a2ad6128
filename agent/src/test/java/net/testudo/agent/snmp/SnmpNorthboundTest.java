package net.testudo.agent.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import net.testudo.agent.ClusterAccess;
import net.testudo.element.net.Ipv4Address;
import net.testudo.mib.ClusterScalar;
import org.junit.jupiter.api.Test;
import org.snmp4j.PDU;

class SnmpNorthboundTest {
    private static final ClusterAccess SERVING = new ClusterAccess(Ipv4Address.parse("127.0.0.1"), true);
    private static final ClusterAccess NOT_SERVING = new ClusterAccess(Ipv4Address.parse("127.0.0.1"), false);
    private static final String ENGINE_ID = "1.3.6.1.6.3.10.2.1.1.0";
    private static final String MASTER = ClusterScalar.CLUSTER_MASTER.oid() + ".0";

    private final Fixture fixture = new Fixture(System.nanoTime());
    private final SnmpAgent agent = SnmpAgent.start(new MemoryElement(fixture.snapshot(System.nanoTime())));

    @Test
    void onlyTheServingMasterIsInService() {
        try (SnmpNorthbound northbound = new SnmpNorthbound(agent, 0)) {
            northbound.onClusterAccess(NOT_SERVING);
            assertFalse(agent.active());
            northbound.onClusterAccess(SERVING);
            assertTrue(agent.active());
            int port = agent.port();
            northbound.onClusterAccess(SERVING);
            assertEquals(port, agent.port(), "nothing changed");
            northbound.onClusterAccess(ClusterAccess.NONE);
            assertFalse(agent.active());
        }
    }

    @Test
    void anotherEngineIdIsServedAtTheSameAddress() throws IOException {
        MemoryElement element = new MemoryElement(fixture.snapshot(System.nanoTime()));
        SnmpAgent followed = SnmpAgent.start(element);
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (SnmpNorthbound northbound = new SnmpNorthbound(followed, port)) {
            northbound.onClusterAccess(SERVING);
            fixture.configuration += "/testudo-system:system/snmp/engine-id = 80007ed90501\n";
            fixture.revision++;
            element.publish(fixture.snapshot(System.nanoTime()));
            // The first ones may still meet the old engine, or the moment between the two.
            String id = engineIdAt(port);
            for (int more = 0; more < 5 && !id.equals("80:00:7e:d9:05:01"); more++) {
                id = engineIdAt(port);
            }
            assertEquals("80:00:7e:d9:05:01", id);
        }
    }

    /// As a manager that was never there before; empty if nobody answers.
    private static String engineIdAt(int port) throws IOException {
        try (ForeignManager manager = new ForeignManager("ops")) {
            PDU answer = manager.get(port, "ops", ENGINE_ID);
            return answer == null ? "" : answer.get(0).getVariable().toString();
        }
    }

    @Test
    void anAddressThatIsTakenIsServedOnceItIsFree() throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        DatagramSocket taken = new DatagramSocket(loopback);
        int port = taken.getLocalPort();
        try (SnmpNorthbound northbound = new SnmpNorthbound(agent, port);
                ForeignManager manager = new ForeignManager("ops")) {
            northbound.onClusterAccess(SERVING);
            assertFalse(agent.active());
            taken.close();
            assertNotNull(manager.get(port, "ops", MASTER), "the manager's own retries reach it");
            northbound.onClusterAccess(NOT_SERVING);
            assertFalse(agent.active());
        } finally {
            taken.close();
        }
    }
}
