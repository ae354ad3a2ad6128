package net.testudo.agent.snmp;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import net.testudo.element.management.ElementEvent;
import net.testudo.mib.ClusterScalar;
import org.junit.jupiter.api.Test;

/// A device that loses the right to serve and gets it back at once, in the middle of requests and notifications:
/// whatever was under way, the port is free for the next listener.
class HandOverTest {
    private static final String MASTER = ClusterScalar.CLUSTER_MASTER.oid() + ".0";
    private static final int TIMES = 300;
    /// An SNMPv3 GET without a user, as a manager asks for the engine's id (RFC 3414 §4); a report answers it.
    private static final byte[] DISCOVERY = HexFormat.of()
            .parseHex("3037020103" + "300d02010102027fff040104020103" + "0410300e0400020100020100040004000400"
                    + "301104000400a00b0201010201000201003000");

    private final Fixture fixture = new Fixture(System.nanoTime());

    @Test
    void whatIsUnderWayDoesNotTakeThePortAgain() throws Exception {
        int port = freePort();
        try (DatagramSocket target = new DatagramSocket(loopback(0));
                ForeignManager manager = new ForeignManager("ops")) {
            fixture.target("nms", target.getLocalPort(), "trap");
            MemoryElement element = new MemoryElement(fixture.snapshot(System.nanoTime()));
            AtomicBoolean ended = new AtomicBoolean();
            Thread events = Thread.ofPlatform().start(() -> report(element, ended));
            Thread requests = Thread.ofPlatform().start(() -> ask(port, ended));
            try (SnmpAgent agent = SnmpAgent.start(element)) {
                for (int time = 0; time < TIMES; time++) {
                    agent.activate(loopback(port));
                    agent.passivate();
                }
                ended.set(true);
                agent.activate(loopback(port));
                assertNotNull(manager.get(port, "ops", MASTER), "it still answers");
            } finally {
                ended.set(true);
                events.join();
                requests.join();
            }
        }
    }

    private void report(MemoryElement element, AtomicBoolean ended) {
        for (int sequence = 1; !ended.get(); sequence++) {
            element.report(fixture.event(sequence, ElementEvent.Kind.MEMBER_UP, 2, Map.of()));
            Thread.onSpinWait();
        }
    }

    private static void ask(int port, AtomicBoolean ended) {
        try (DatagramSocket manager = new DatagramSocket()) {
            while (!ended.get()) {
                manager.send(new DatagramPacket(DISCOVERY, DISCOVERY.length, loopback(port)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
