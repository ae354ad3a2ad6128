package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.testudo.agent.ClusterAccess;
import net.testudo.agent.assembly.Northbound;
import net.testudo.agent.keystore.HostKey;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.net.Ipv4Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// python3-ncclient and OpenSSH talk to the server.
@Timeout(120)
final class ForeignClientTest {
    private static final Path SCRIPT =
            Path.of("src/test/python/netconf_client.py").toAbsolutePath();
    /// More than connections and ssh itself hold of 20,000 octets each.
    private static final int EVENTS = 2_000;

    private static final String GET = "<get-config><source><running/></source></get-config>";

    private static final String SUBSCRIBE =
            "<create-subscription xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'/>";

    @TempDir
    private Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestServer server;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = new TestServer(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void ncclientWorksWithIt() throws IOException, InterruptedException {
        String output = server.run("/usr/bin/python3", SCRIPT.toString(), "127.0.0.1", server.port(), server.key());
        assertTrue(output.contains("ok a replace keeps the password"), output);
    }

    @Test
    void framingOfBase10AndOf11() throws IOException {
        try (RawSession old = server.ssh();
                RawSession recent = server.ssh()) {
            assertTrue(old.hello("1.0").contains("<session-id>"));
            old.send(RawSession.rpc(GET) + RawSession.EOM);
            assertTrue(old.until(RawSession.EOM).contains("message-id=\"7\""));
            recent.hello("1.1");
            String rpc = RawSession.rpc(GET);
            recent.send("\n#1\n<\n#" + (rpc.length() - 1) + "\n" + rpc.substring(1) + "\n##\n");
            assertTrue(recent.until("\n##\n").contains("message-id=\"7\""));
            recent.send(RawSession.chunked(RawSession.rpc("<close-session/>")));
            assertTrue(recent.until("\n##\n").contains("<ok"));
            assertEquals("", recent.rest());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "this is no XML",
                "<rpc>",
                "<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;&x;&x;\">]><a>&y;</a>",
            })
    void whatIsNoXmlIsRefusedAndOthersGoOn(String garbage) throws IOException {
        try (RawSession bad = server.ssh();
                RawSession good = server.ssh()) {
            good.hello("1.1");
            bad.begin("1.1");
            bad.send(RawSession.chunked(garbage));
            assertTrue(bad.rest().contains("malformed-message"));
            good.send(RawSession.chunked(RawSession.rpc(GET)));
            assertTrue(good.until("\n##\n").contains("<data"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no chunk at all", "\n#99999999999\n", "\n#0\n", "\n#x\n", "\n#4\nabcd\n#!\n"})
    void brokenFramingEndsTheSessionOnly(String garbage) throws IOException {
        try (RawSession bad = server.ssh();
                RawSession good = server.ssh()) {
            good.hello("1.0");
            bad.begin("1.1");
            bad.send(garbage);
            assertTrue(bad.rest().contains("malformed-message"));
            good.send(RawSession.rpc(GET) + RawSession.EOM);
            assertTrue(good.until(RawSession.EOM).contains("<data"));
        }
    }

    @Test
    void aMessageThatIsTooLargeEndsTheSession() throws IOException {
        try (RawSession bad = server.ssh()) {
            bad.begin("1.0");
            bad.send("x".repeat(70 << 10));
            assertTrue(bad.rest().contains("larger than"));
        }
    }

    @Test
    void whatIsNoRpcGetsAnErrorAndTheSessionGoesOn() throws IOException {
        try (RawSession session = server.ssh()) {
            session.hello("1.0");
            session.send("<nonsense/>" + RawSession.EOM);
            assertTrue(session.until(RawSession.EOM).contains("unknown-element"));
            session.send(RawSession.rpc(GET).replace(" message-id='7'", "") + RawSession.EOM);
            assertTrue(session.until(RawSession.EOM).contains("missing-attribute"));
            session.send(RawSession.rpc("<a>".repeat(60) + "</a>".repeat(60)) + RawSession.EOM);
            assertTrue(session.until(RawSession.EOM).contains("too-big"));
            session.send(RawSession.rpc(GET) + RawSession.EOM);
            assertTrue(session.until(RawSession.EOM).contains("<data"));
        }
    }

    private static ElementEvent event(int number, int octets) {
        return new ElementEvent(
                "A1/2/" + number,
                ElementEvent.Kind.MEMBER_UP,
                1,
                "A1",
                10,
                ElementEvent.Reason.NONE,
                "x".repeat(octets),
                Map.of());
    }

    /// What one subscriber does not read fills its connection, and then its queue.
    @Test
    void whoDoesNotReadItsNotificationsLosesItsSessionAndOthersAreTold() throws IOException {
        server.element().decide(Content.EMPTY);
        try (RawSession slow = server.ssh();
                RawSession good = server.ssh()) {
            for (RawSession session : List.of(slow, good)) {
                session.hello("1.0");
                session.send(RawSession.rpc(SUBSCRIBE) + RawSession.EOM);
                assertTrue(session.until(RawSession.EOM).contains("<ok"));
            }
            for (int i = 0; i < EVENTS; i++) {
                server.element().log(event(i, 20_000));
                String next = good.until(RawSession.EOM);
                while (next.contains("netconf-session-")) {
                    next = good.until(RawSession.EOM);
                }
                assertTrue(next.contains("<event-id>A1/2/" + i + "<"), next);
            }
            String told = slow.rest();
            assertTrue(told.contains("<event-id>A1/2/0<"));
            assertFalse(told.contains("<event-id>A1/2/" + (EVENTS - 1) + "<"), "it was told all");
            good.send(RawSession.rpc(GET) + RawSession.EOM);
            String reply = good.until(RawSession.EOM);
            if (reply.contains("netconf-session-end")) {
                reply = good.until(RawSession.EOM);
            }
            assertTrue(reply.contains("<data"), reply);
        }
    }

    private String sockets() throws IOException, InterruptedException {
        return server.run("ss", "-tno", "state", "established", "sport", "=", ":" + server.port());
    }

    /// Its session, and with it its locks, would stay for ever.
    @Test
    void aClientThatIsSilentIsAskedWhetherItIsThere() throws IOException, InterruptedException {
        try (RawSession session = server.ssh()) {
            session.begin("1.0");
            String sockets = sockets();
            while (sockets.contains("timer:(on,")) {
                // The last reply is not acknowledged yet; until then its own timer runs.
                sockets = sockets();
            }
            assertTrue(sockets.contains("timer:(keepalive,"), sockets);
        }
    }

    @Test
    void garbageInsteadOfAHelloEndsTheConnection() throws IOException {
        try (RawSession bad = server.ssh()) {
            bad.until(RawSession.EOM);
            bad.send("garbage" + RawSession.EOM);
            assertEquals("", bad.rest());
        }
    }

    @Test
    void connectionsThatSayNothingLockNobodyOut() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(server.port())));
            }
            try (RawSession good = server.ssh()) {
                good.hello("1.0");
                good.send(RawSession.rpc(GET) + RawSession.EOM);
                assertTrue(good.until(RawSession.EOM).contains("<data"));
            }
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    /// There are four places for sessions.
    @Test
    void clientsThatLogInAndNeverSayHelloLockNobodyOut() throws IOException {
        List<RawSession> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                RawSession session = server.ssh();
                silent.add(session);
                session.until(RawSession.EOM);
            }
            try (RawSession good = server.ssh()) {
                good.begin("1.0");
                good.send(RawSession.rpc(GET) + RawSession.EOM);
                assertTrue(good.until(RawSession.EOM).contains("<data"));
            }
            assertEquals("", silent.getFirst().rest(), "the oldest had to go");
        } finally {
            silent.forEach(RawSession::close);
        }
    }

    @Test
    void moreSessionsThanAllowedAreRefused() throws IOException {
        try (RawSession a = server.ssh();
                RawSession b = server.ssh();
                RawSession c = server.ssh();
                RawSession d = server.ssh()) {
            for (RawSession session : List.of(a, b, c, d)) {
                session.begin("1.0");
            }
            try (RawSession tooMany = server.ssh()) {
                assertEquals("", tooMany.rest());
            }
        }
    }

    @Test
    void theClustersHostKeyIsShownAtTheClustersAddressOnly() throws IOException, InterruptedException {
        String device = scan(server.port());
        server.element().decide(new Content("", "/testudo-system:system/ssh/host-key = " + HostKey.generate() + "\n"));
        String cluster = scan(server.port());
        assertNotEquals(device, cluster);
        NetconfServer.Listening own = server.server()
                .listen(
                        new InetSocketAddress("127.0.0.2", Integer.parseInt(server.port())),
                        NetconfServer.KeyOwner.DEVICE);
        assertEquals(device, key(server.run("ssh-keyscan", "-p", server.port(), "127.0.0.2")));
        own.close();
    }

    private String scan(String port) throws IOException, InterruptedException {
        return key(server.run("ssh-keyscan", "-p", port, "127.0.0.1"));
    }

    private static String key(String scanned) {
        return scanned.lines()
                .filter(line -> line.contains("ecdsa"))
                .map(line -> line.replaceFirst("^\\S+ ", ""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theClusterAddressIsListenedOnWhileItIsThereAndSessionsEndWithTheService() throws IOException {
        Ipv4Address address = Ipv4Address.parse("127.0.0.3").orElseThrow();
        Northbound northbound = new NetconfNorthbound(
                server.server(), server.element(), InetAddress.getLoopbackAddress(), Integer.parseInt(server.port()));
        northbound.onClusterAccess(new ClusterAccess(Optional.of(address), true));
        try (RawSession session = server.ssh("127.0.0.3");
                RawSession other = server.ssh()) {
            session.begin("1.0");
            other.begin("1.0");
            northbound.onClusterAccess(new ClusterAccess(Optional.of(address), false));
            assertEquals("", session.rest());
            other.send(RawSession.rpc(GET) + RawSession.EOM);
            assertTrue(other.until(RawSession.EOM).contains("<data"));
            northbound.onClusterAccess(ClusterAccess.NONE);
            assertEquals("", server.ssh("127.0.0.3").rest());
        }
    }
}
