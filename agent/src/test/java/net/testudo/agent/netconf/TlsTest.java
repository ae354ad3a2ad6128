package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// OpenSSL talks to the server over TLS 1.3 (RFC 7589).
@Timeout(120)
final class TlsTest {
    private static final String GET = "<get-config><source><running/></source></get-config>";
    private static final String SESSIONS = "<get><filter><netconf-state"
            + " xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'><sessions/></netconf-state></filter></get>";
    private static final String BY_NAME = TestCertificates.mapping(1, "", "san-dns-name", "");

    @TempDir
    private Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private TestCertificates certificates;

    @SuppressWarnings("NullAway.Init")
    private ConfiguredTransports transports;

    @SuppressWarnings("NullAway.Init")
    private RawSession admin;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = new TestServer(directory);
        certificates = new TestCertificates(directory, server);
        transports = new ConfiguredTransports(server.server(), server.element(), InetAddress.getLoopbackAddress());
        admin = server.beginWithUsers();
    }

    @AfterEach
    void stop() {
        admin.close();
        transports.close();
        server.close();
    }

    private void listen(String tls) throws IOException {
        admin.ok(RawSession.edit(TestCertificates.listen(tls)));
        admin.ok("<commit/>");
    }

    /// Begins a session once the server listens.
    private RawSession begin(String client) throws Exception {
        transports.settled().get();
        RawSession session = certificates.connect(client);
        assertTrue(session.hello("1.0").contains("<session-id>"));
        return session;
    }

    private void refused(String client, String... more) throws Exception {
        transports.settled().get();
        try (RawSession session = certificates.connect(client, more)) {
            assertEquals("", session.rest());
        }
    }

    @Test
    void theUserIsWhoTheCertificateStandsFor() throws Exception {
        listen(certificates.tls("server", "ca-certs", "ca", BY_NAME));
        try (RawSession session = begin("client")) {
            String reply = session.ask(SESSIONS);
            assertTrue(reply.contains("<transport>netconf-tls</transport><username>guard</username>"), reply);
            String denied = session.ask(RawSession.edit(
                    "<system xmlns='urn:testudo:yang:testudo-system'>" + "<user><name>more</name></user></system>"));
            assertTrue(denied.contains("access-denied"), denied);
        }
    }

    @Test
    void fingerprintsOfTheClientAndOfItsAuthorityDecide() throws Exception {
        certificates.issued("other", "DNS:other");
        listen(certificates.tls(
                "server",
                "ca-certs",
                "ca",
                TestCertificates.mapping(9, certificates.fingerprint("ca"), "specified", "guard")
                        + TestCertificates.mapping(3, certificates.fingerprint("client"), "specified", "root")));
        assertEquals("root", userOf("client"));
        assertEquals("guard", userOf("other"));
    }

    private String userOf(String client) throws Exception {
        try (RawSession session = begin(client)) {
            String reply = session.ask(SESSIONS);
            return reply.contains("<username>root</username>")
                    ? "root"
                    : reply.contains("<username>guard") ? "guard" : reply;
        }
    }

    @Test
    void whoIsNotBelievedOrLeadsToNobodyIsRefused() throws Exception {
        certificates.alone("stranger");
        certificates.issued("nobody", "DNS:nobody");
        listen(certificates.tls("server", "ca-certs", "ca", BY_NAME));
        refused("");
        refused("stranger");
        refused("nobody");
        refused("client", "-tls1_2");
        try (RawSession session = begin("client")) {
            assertTrue(session.ask(GET).contains("<data"));
        }
        assertTrue(admin.ask(GET).contains("<data"));
    }

    @Test
    void aClientMayBeBelievedByItsOwnCertificate() throws Exception {
        certificates.alone("pinned");
        listen(certificates.tls(
                "server",
                "ee-certs",
                "pinned",
                TestCertificates.mapping(1, certificates.fingerprint("pinned"), "specified", "guard")));
        try (RawSession session = begin("pinned")) {
            assertTrue(session.ask(GET).contains("<data"));
        }
        refused("client");
    }

    @Test
    void anotherCertificateIsForNewSessions() throws Exception {
        listen(certificates.tls("server", "ca-certs", "ca", BY_NAME));
        try (RawSession old = begin("client")) {
            certificates.issued("next", "IP:127.0.0.1");
            listen(certificates.tls("next", "ca-certs", "ca", BY_NAME));
            transports.settled().get();
            String shown = server.run(
                    "sh",
                    "-c",
                    "openssl s_client -connect 127.0.0.1:" + NetconfServer.TLS_PORT
                            + " </dev/null 2>/dev/null | openssl x509 -noout -subject");
            assertTrue(shown.contains("CN = next"), shown);
            assertTrue(old.ask(GET).contains("<data"));
        }
    }

    @Test
    void aSessionInWhichNothingIsAskedEnds() throws Exception {
        String tls = certificates.tls("server", "ca-certs", "ca", BY_NAME);
        listen(tls);
        admin.ok(RawSession.edit("<netconf-server xmlns='" + TestCertificates.MODULE
                + "'><listen><idle-timeout>1</idle-timeout></listen></netconf-server>"));
        admin.ok("<commit/>");
        try (RawSession subscriber = begin("client");
                RawSession idle = begin("client")) {
            idle.ask(GET);
            subscriber.ok("<create-subscription xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'/>");
            assertEquals("", idle.rest());
            assertTrue(subscriber.until(RawSession.EOM).contains("<termination-reason>timeout</termination-reason>"));
        }
    }

    @Test
    void thePrivateKeyIsNeverShownAndAReplaceKeepsIt() throws Exception {
        listen(certificates.tls("server", "ca-certs", "ca", BY_NAME));
        String shown = admin.ask(GET);
        assertTrue(shown.contains(certificates.base64("server.p7")), shown);
        assertFalse(shown.contains("cleartext-private-key"), shown);
        assertFalse(shown.contains(certificates.base64("server.p8")), shown);
        String tls = certificates
                .tls("server", "ca-certs", "ca", BY_NAME)
                .replaceAll("<cleartext-private-key>.*</cleartext-private-key>", "");
        admin.ok(RawSession.edit(TestCertificates.listen(tls)
                .replaceFirst(
                        ">", " xmlns:nc='" + "urn:ietf:params:xml:ns:netconf:base:1.0' nc:operation='replace'>")));
        admin.ok("<commit/>");
        try (RawSession session = begin("client")) {
            assertTrue(session.ask(GET).contains("<data"));
        }
    }

    @Test
    void whenItIsTakenOutOfTheConfigurationNothingListens() throws Exception {
        listen(certificates.tls("server", "ca-certs", "ca", BY_NAME));
        try (RawSession session = begin("client")) {
            admin.ok(RawSession.edit("<netconf-server xmlns='" + TestCertificates.MODULE + "' xmlns:nc='"
                    + "urn:ietf:params:xml:ns:netconf:base:1.0' nc:operation='delete'/>"));
            admin.ok("<commit/>");
            assertEquals("", session.rest());
        }
        refused("client");
    }

    @Test
    void theClusterAddressIsServedAndItsSessionsEndWithTheService() throws Exception {
        listen(certificates.tls("server", "ca-certs", "ca", BY_NAME));
        InetAddress cluster = InetAddress.getByName("127.0.0.4");
        transports.onAccess(Optional.of(cluster), true);
        transports.settled().get();
        try (RawSession there = certificates.connect("client", "-connect", "127.0.0.4:" + NetconfServer.TLS_PORT);
                RawSession here = begin("client")) {
            there.begin("1.0");
            transports.onAccess(Optional.of(cluster), false);
            assertEquals("", there.rest());
            assertTrue(here.ask(GET).contains("<data"));
        }
    }

    @Test
    void theOnlyMappingMayBeReplacedByAnotherInOneEdit() throws Exception {
        listen(certificates.tls("server", "ca-certs", "ca", BY_NAME));
        String list = "<netconf-server xmlns='" + TestCertificates.MODULE
                + "' xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'><listen><endpoints><endpoint><name>tls</name>"
                + "<tls><netconf-server-parameters><client-identity-mappings>"
                + "<cert-to-name nc:operation='delete'><id>1</id></cert-to-name>%s"
                + "</client-identity-mappings></netconf-server-parameters></tls></endpoint></endpoints></listen>"
                + "</netconf-server>";
        admin.ok(RawSession.edit(list.formatted(TestCertificates.mapping(2, "", "specified", "root"))));
        admin.ok("<commit/>");
        assertEquals("root", userOf("client"));
    }

    @Test
    void aSecondEndpointIsOneTooMany() throws Exception {
        String config = TestCertificates.listen(certificates.tls("server", "ca-certs", "ca", BY_NAME))
                .replaceFirst("(?s)(<endpoint><name>)tls(.*</endpoint>)", "$1tls$2$1more$2");
        String reply = admin.ask(RawSession.edit(config));
        assertTrue(reply.contains("<error-app-tag>too-many-elements</error-app-tag>"), reply);
        assertTrue(reply.contains("endpoint has too many elements (2), can have at most 1"), reply);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<cert-data>[^<]*</cert-data>|<cert-data>AAAA</cert-data>|certificate-invalid",
                "<cert-data>[^<]*</cert-data>|<cert-data>OTHER</cert-data>|certificate-invalid",
                "<cert-data>[^<]*</cert-data>||certificate-missing",
                "<cleartext-private-key>[^<]*<|<cleartext-private-key>AAAA<|private-key-invalid",
                "<id>1</id>|<id>1</id><fingerprint>04:00</fingerprint>|fingerprint-invalid",
                "<cert-to-name>.*?</cert-to-name>||too-few-elements",
                "0.0.0.0|10.9.9.9|not-the-cluster-address",
            })
    void whatCannotWorkIsRefusedAtTheCommit(String change) throws Exception {
        String[] parts = change.split("\\|", -1);
        certificates.alone("unrelated");
        String config = TestCertificates.listen(certificates.tls("server", "ca-certs", "ca", BY_NAME))
                .replaceFirst("(?s)" + parts[0], parts[1].replace("OTHER", certificates.base64("unrelated.p7")));
        admin.ok(RawSession.edit(config));
        String reply = admin.ask("<commit/>");
        assertTrue(reply.contains("<error-app-tag>" + parts[2] + "</error-app-tag>"), reply);
        assertTrue(reply.contains("<error-path"), reply);
        assertFalse(reply.contains(Files.readString(directory.resolve("server.key"))), reply);
    }
}
