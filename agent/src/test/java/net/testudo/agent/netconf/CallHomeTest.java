package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The server calls ncclient over SSH, and Python's TLS (RFC 8071).
@Timeout(120)
final class CallHomeTest {
    private static final Path SCRIPT =
            Path.of("src/test/python/netconf_call_home.py").toAbsolutePath();
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @TempDir
    private Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private ConfiguredTransports transports;

    @SuppressWarnings("NullAway.Init")
    private RawSession admin;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = new TestServer(directory);
        transports = new ConfiguredTransports(server.server(), server.element(), HERE);
        transports.onAccess(Optional.of(HERE), true);
        admin = server.beginWithUsers();
    }

    @AfterEach
    void stop() {
        admin.close();
        transports.close();
        server.close();
    }

    /// Has a client called, at these endpoints.
    private void call(String strategy, String... endpoints) throws IOException {
        callAs("<persistent/>", strategy, endpoints);
    }

    private void callAs(String kind, String strategy, String... endpoints) throws IOException {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < endpoints.length; i++) {
            list.append("<endpoint><name>")
                    .append(i)
                    .append("</name>")
                    .append(endpoints[i])
                    .append("</endpoint>");
        }
        admin.ok(RawSession.edit("<netconf-server xmlns='" + TestCertificates.MODULE + "'><call-home><netconf-client>"
                + "<name>nms</name><endpoints>" + list + "</endpoints><connection-type>" + kind + "</connection-type>"
                + "<reconnect-strategy><max-wait>1</max-wait>" + strategy
                + "</reconnect-strategy></netconf-client></call-home></netconf-server>"));
        admin.ok("<commit/>");
    }

    private static String tcp(int port) {
        return "<tcp-client-parameters><remote-address>127.0.0.1</remote-address><remote-port>" + port
                + "</remote-port></tcp-client-parameters>";
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, HERE)) {
            return free.getLocalPort();
        }
    }

    private static Process python(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @Test
    void ncclientIsCalledOverSshAndAgainWhenItHasClosedItsSession() throws Exception {
        int port = freePort();
        Process client = python("ssh", Integer.toString(port), "root", server.key(), "2");
        BufferedReader said = client.inputReader();
        assertEquals("waits", said.readLine());
        call("", "<ssh>" + tcp(port) + "</ssh>");
        assertEquals(
                List.of("session of root over ssh", "session of root over ssh"),
                said.lines().toList());
    }

    @Test
    void aClientIsCalledOverTls() throws Exception {
        int port = freePort();
        TestCertificates certificates = new TestCertificates(directory, server);
        Process client = python(
                "tls",
                Integer.toString(port),
                certificates.file("client.crt"),
                certificates.file("client.key"),
                certificates.file("ca.crt"),
                "2");
        BufferedReader said = client.inputReader();
        assertEquals("waits", said.readLine());
        String mapping = TestCertificates.mapping(1, "", "san-dns-name", "");
        call("", "<tls>" + tcp(port) + certificates.tls("server", "ca-certs", "ca", mapping) + "</tls>");
        assertEquals(
                List.of("session over TLSv1.3", "session over TLSv1.3"),
                said.lines().toList());
    }

    @Test
    void theNextEndpointIsCalledWhenOneDoesNotAnswer() throws Exception {
        try (ServerSocket second = new ServerSocket(0, 1, HERE)) {
            call(
                    "<max-attempts>2</max-attempts>",
                    "<ssh>" + tcp(freePort()) + "</ssh>",
                    "<ssh>" + tcp(second.getLocalPort()) + "</ssh>");
            try (Socket called = second.accept()) {
                assertTrue(greeting(called).startsWith("SSH-2.0-testudo"));
            }
        }
    }

    /// Its session ends when nothing is asked; then it waits for the next time.
    @Test
    void aClientThatIsCalledAtTimesIsLeftInPeaceMeanwhile() throws Exception {
        int port = freePort();
        Process client = python("idle", Integer.toString(port), "root", server.key(), "3");
        BufferedReader said = client.inputReader();
        assertEquals("waits", said.readLine());
        callAs("<periodic><idle-timeout>1</idle-timeout></periodic>", "", "<ssh>" + tcp(port) + "</ssh>");
        assertEquals(
                List.of("session of root ended by the server", "no call in 3 s"),
                said.lines().toList());
    }

    @Test
    void onlyTheServingMasterCalls() throws Exception {
        try (ServerSocket client = new ServerSocket(0, 1, HERE)) {
            call("", "<ssh>" + tcp(client.getLocalPort()) + "</ssh>");
            try (Socket called = client.accept()) {
                greeting(called);
                transports.onAccess(Optional.of(HERE), false);
                called.getInputStream().readAllBytes();
            }
            transports.settled().get();
            transports.onAccess(Optional.of(HERE), true);
            try (Socket again = client.accept()) {
                assertTrue(greeting(again).startsWith("SSH-2.0-testudo"));
            }
        }
    }

    private static String greeting(Socket called) throws IOException {
        byte[] start = called.getInputStream().readNBytes("SSH-2.0-testudo".length());
        return new String(start, java.nio.charset.StandardCharsets.US_ASCII);
    }
}
