package net.testudo.agent.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementSnapshot.Switchover;
import net.testudo.mib.ClusterNotification;
import net.testudo.mib.ClusterScalar;
import net.testudo.mib.EventObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snmp4j.PDU;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.OID;

/// Notifications from the element's event to a manager.
class NotificationTest {
    private static final long WAIT_S = 20;
    private final Fixture fixture = new Fixture(System.nanoTime());
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
    void aTrapCarriesTheEvent() throws Exception {
        fixture.target("nms", manager.port(), "trap");
        activate();
        element.report(event(1, Kind.MEMBER_DOWN, 3));
        PDU trap = next();
        assertEquals(PDU.NOTIFICATION, trap.getType());
        assertEquals(
                ClusterNotification.MEMBER_DOWN.oid(),
                trap.getVariable(SnmpConstants.snmpTrapOID).toString());
        assertEquals("A1/1/1", value(trap, EventObject.ID));
        assertEquals("A3", value(trap, EventObject.SERIAL));
        assertEquals("7", value(trap, EventObject.EPOCH));
    }

    @Test
    void anInformIsConfirmed() throws Exception {
        fixture.target("nms", manager.port(), "inform");
        activate();
        element.report(event(1, Kind.MEMBER_UP, 3));
        element.report(event(2, Kind.MEMBER_UP, 2));
        assertEquals(List.of("A1/1/1", "A1/1/2"), ids(2));
        assertTrue(agent.counters().confirmed().sum() >= 1, "the second waits until the first is confirmed");
        assertEquals(0, agent.counters().dropped().sum());
    }

    @Test
    void aDeadTargetBlocksNobodyAndItsQueueIsBounded() throws Exception {
        int events = TargetLane.WAITING_MAX + 100;
        fixture.target("dead", freePort(), "inform").target("nms", manager.port(), "trap");
        activate();
        for (int sequence = 1; sequence <= events; sequence++) {
            element.report(event(sequence, Kind.MEMBER_UP, 2));
            // The live manager keeps up, so that only the dead one's queue fills.
            assertEquals("A1/1/" + sequence, value(next(), EventObject.ID));
        }
        assertNotNull(manager.get(agent.port(), "ops", ClusterScalar.CLUSTER_ID.oid() + ".0"));
        // One is on its way and comes back to a full queue.
        long dropped = agent.counters().dropped().sum();
        assertTrue(dropped >= 99 && dropped <= 101, "dropped " + dropped);
    }

    @Test
    void aManagerThatComesBackGetsWhatWaited() throws Exception {
        int port = freePort();
        fixture.target("late", port, "inform");
        activate();
        element.report(event(1, Kind.ALARM_RAISED, 2));
        element.report(event(2, Kind.ALARM_CLEARED, 2));
        try (ForeignManager late = new ForeignManager("ops", port)) {
            PDU first = Objects.requireNonNull(late.notifications.poll(WAIT_S, TimeUnit.SECONDS));
            assertEquals("A1/1/1", value(first, EventObject.ID));
        }
    }

    @Test
    void onlyTheServingMasterSendsAndTheNewOneTellsOfTheSwitch() throws Exception {
        fixture.target("nms", manager.port(), "trap");
        fixture.device = 2;
        publish();
        element.report(event(1, Kind.MEMBER_UP, 3));
        element.report(event(2, Kind.MEMBER_DOWN, 1));
        fixture.epoch = 8;
        fixture.master = 2;
        fixture.lastSwitchover = new Switchover("A2/1/3", 1, 2, "silence", 1, 3);
        element.report(event(3, Kind.MASTER_SWITCHED, 2));
        publish();
        agent.activate(loopback());
        assertEquals(List.of("A2/1/2", "A2/1/3"), ids(2));
        element.report(event(4, Kind.MASTER_SWITCHED, 3));
        element.report(event(5, Kind.MEMBER_DOWN, 2));
        assertEquals(List.of("A2/1/5"), ids(1), "a deposed master leaves the switch to the next one");
    }

    @Test
    void everyKindOfEventReachesTheManager() throws Exception {
        fixture.target("nms", manager.port(), "trap");
        activate();
        for (Kind kind : Kind.values()) {
            element.report(event(1, kind, 1));
            assertEquals(
                    EventVarbinds.notification(kind).oid(),
                    next().getVariable(SnmpConstants.snmpTrapOID).toString());
        }
    }

    @Test
    void whatWaitedWhenTheLeaseLapsedIsSentWhenTheDeviceServesAgain() throws Exception {
        int events = 100;
        fixture.target("nms", manager.port(), "trap");
        activate();
        List<String> reported = new ArrayList<>();
        for (int sequence = 1; sequence <= events; sequence++) {
            element.report(event(sequence, Kind.MEMBER_UP, 2));
            reported.add("A1/1/" + sequence);
            agent.passivate();
            agent.activate(loopback());
        }
        assertEquals(reported, ids(events), "each once, in order");
        assertEquals(0, agent.counters().failed().sum());
    }

    private void activate() throws IOException {
        publish();
        agent.activate(loopback());
    }

    private void publish() {
        fixture.revision++;
        element.publish(fixture.snapshot(System.nanoTime()));
    }

    private ElementEvent event(int sequence, Kind kind, int about) {
        return fixture.event(sequence, kind, about, Map.of());
    }

    private PDU next() throws InterruptedException {
        return Objects.requireNonNull(manager.notifications.poll(WAIT_S, TimeUnit.SECONDS), "no notification");
    }

    private List<String> ids(int count) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(value(next(), EventObject.ID));
        }
        return ids;
    }

    private static String value(PDU pdu, EventObject object) {
        return pdu.getVariable(new OID(object.oid() + ".0")).toString();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(loopback())) {
            return socket.getLocalPort();
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
