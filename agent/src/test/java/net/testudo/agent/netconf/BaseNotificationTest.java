package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.TestModels;
import net.testudo.element.management.Content;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The notifications of RFC 6470, by OpenSSH.
@Timeout(120)
final class BaseNotificationTest {
    private static final String CLUSTER = "urn:testudo:yang:testudo-cluster";
    private static final String WHO = "<username>admin</username><session-id>2</session-id>";

    @TempDir
    private Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private RawSession listener;

    @SuppressWarnings("NullAway.Init")
    private RawSession other;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = new TestServer(directory);
        listener = server.ssh();
        listener.hello("1.0");
        edit(listener, "<name>first</name>");
        listener.ok("<commit/>");
        listener.ok("<create-subscription xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'/>");
        other = server.ssh();
        other.hello("1.0");
    }

    @AfterEach
    void stop() {
        other.close();
        listener.close();
        server.close();
    }

    private static void edit(RawSession session, String cluster) throws IOException {
        session.ok(RawSession.edit("<cluster xmlns='" + CLUSTER + "'>" + cluster + "</cluster>"));
    }

    /// The next notification, without namespaces and time.
    private String told() throws IOException {
        return plain(listener.until(RawSession.EOM));
    }

    private static String plain(String notification) {
        return notification
                .replace(RawSession.EOM, "")
                .replaceAll(">\\s+<", "><")
                .replaceAll(" xmlns(:[a-z-]+)?=\"[^\"]*\"", "")
                .replaceAll("^.*</eventTime>|</notification>$", "");
    }

    private static String sessionStart(int id) {
        return "<netconf-session-start><username>admin</username><session-id>" + id
                + "</session-id><source-host>127.0.0.1</source-host></netconf-session-start>";
    }

    private static String sessionEnd(int id, String more) {
        return "<netconf-session-end><username>admin</username><session-id>" + id
                + "</session-id><source-host>127.0.0.1</source-host>" + more + "</netconf-session-end>";
    }

    @Test
    void sessionsThatBeginAndEnd() throws IOException {
        assertEquals(sessionStart(2), told());
        try (RawSession third = server.ssh()) {
            third.begin("1.0");
            assertEquals(sessionStart(3), told());
            other.ok("<kill-session><session-id>3</session-id></kill-session>");
            assertEquals(
                    sessionEnd(3, "<killed-by>2</killed-by><termination-reason>killed</termination-reason>"), told());
        }
        other.ok("<close-session/>");
        assertEquals(sessionEnd(2, "<termination-reason>closed</termination-reason>"), told());
        try (RawSession fourth = server.ssh()) {
            fourth.begin("1.0");
            assertEquals(sessionStart(4), told());
        }
        assertEquals(sessionEnd(4, "<termination-reason>dropped</termination-reason>"), told());
    }

    @Test
    void runningThatChanges() throws IOException {
        told();
        edit(
                other,
                "<name>second</name><join-key><serial>B2</serial><key>" + "5a".repeat(32) + "</key></join-key>"
                        + "<data-network><name>in</name><address>192.0.2.1/24</address></data-network>");
        other.ok("<commit/>");
        assertEquals(
                "<netconf-config-change><changed-by>" + WHO + "</changed-by><datastore>running</datastore>"
                        + "<edit><target>/testudo-cluster:cluster/testudo-cluster:name</target>"
                        + "<operation>replace</operation></edit><edit><target>/testudo-cluster:cluster"
                        + "/testudo-cluster:data-network[testudo-cluster:name='in']</target>"
                        + "<operation>create</operation></edit></netconf-config-change>",
                told(),
                "what no read shows is not told");
        server.element().admit("B2", 2);
        assertEquals(
                "<netconf-config-change><changed-by><server/></changed-by><datastore>running</datastore>"
                        + "<edit><target>/testudo-cluster:cluster"
                        + "/testudo-cluster:member[testudo-cluster:serial='B2']</target>"
                        + "<operation>create</operation></edit></netconf-config-change>",
                told());
    }

    private static String confirmed(String who, String event, String more) {
        return "<netconf-confirmed-commit>" + who + "<confirm-event>" + event + "</confirm-event>" + more
                + "</netconf-confirmed-commit>";
    }

    @Test
    void confirmedCommits() throws IOException {
        told();
        String commit = "<commit><confirmed/><confirm-timeout>%d</confirm-timeout></commit>";
        edit(other, "<name>second</name>");
        other.ok(commit.formatted(60));
        assertTrue(told().contains("<netconf-config-change>"));
        assertEquals(confirmed(WHO, "start", "<timeout>60</timeout>"), told());
        other.ok(commit.formatted(70));
        assertEquals(confirmed(WHO, "extend", "<timeout>70</timeout>"), told());
        other.ok("<commit/>");
        assertEquals(confirmed(WHO, "complete", ""), told());
        edit(other, "<name>third</name>");
        other.ok(commit.formatted(60));
        told();
        told();
        other.ok("<cancel-commit/>");
        told();
        assertEquals(confirmed(WHO, "cancel", ""), told());
        edit(other, "<name>third</name>");
        other.ok(commit.formatted(1));
        told();
        told();
        assertTrue(told().contains("<changed-by><server/></changed-by>"));
        assertEquals(confirmed("", "timeout", ""), told());
    }

    /// Who may not read a node is not told of it.
    @Test
    void editsAreToldWithinTheRightsOfTheReader() throws IOException {
        told();
        server.element()
                .decide(new Content(
                        server.element().snapshot().content().configuration()
                                + "/testudo-system:system/user[name='viewer']/authorized-key[.="
                                + "'" + server.publicKey() + "']\n/ietf-netconf-acm:nacm/read-default = permit\n",
                        ""));
        String all = told();
        assertTrue(all.contains("nacm"), all);
        try (RawSession viewer = server.ssh("127.0.0.1", "viewer")) {
            viewer.hello("1.0");
            viewer.ok("<create-subscription xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'>"
                    + "<startTime>2026-01-01T00:00:00Z</startTime></create-subscription>");
            String seen = plain(viewer.until(RawSession.EOM));
            while (!seen.contains("user[")) {
                seen = plain(viewer.until(RawSession.EOM));
            }
            assertTrue(seen.contains("<edit>"), seen);
            assertTrue(!seen.contains("nacm"), seen);
        }
    }

    /// Debian package libyang-tools.
    @Test
    void yanglintAcceptsThem() throws IOException, InterruptedException {
        listener.until(RawSession.EOM);
        edit(other, "<name>second</name>");
        other.ok("<commit><confirmed/></commit>");
        other.ok("<commit/>");
        Path running = directory.resolve("running.xml");
        String config = other.ask("<get-config><source><running/></source></get-config>");
        Files.writeString(running, config.replaceAll("^.*?<data[^>]*>|</data></rpc-reply>$", ""));
        for (int i = 0; i < 3; i++) {
            String told = listener.until(RawSession.EOM).replace(RawSession.EOM, "");
            List<String> command = new ArrayList<>(List.of("yanglint", "-p", directory.toString(), "-t", "notif"));
            command.addAll(List.of("-O", running.toString()));
            for (Models.ModuleText module : TestModels.PRODUCT.modules()) {
                Path file = directory.resolve(module.name() + ".yang");
                Files.writeString(file, module.text());
                if (!module.importOnly()) {
                    command.add(file.toString());
                }
            }
            Path data = directory.resolve("told.xml");
            Files.writeString(
                    data,
                    told.replaceAll("(?s)^.*</eventTime>|</notification>\\s*$", "")
                            .strip());
            command.add(data.toString());
            assertEquals("", server.run(command.toArray(String[]::new)), told);
        }
    }
}
