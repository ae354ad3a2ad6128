package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.TestModels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The operation compare (RFC 9144), by OpenSSH.
@Timeout(240)
final class CompareTest {
    private static final String CLUSTER = "urn:testudo:yang:testudo-cluster";
    private static final String POLICY = "urn:testudo:yang:testudo-policy";
    private static final String SYSTEM = "urn:testudo:yang:testudo-system";
    private static final String NACM = "urn:ietf:params:xml:ns:yang:ietf-netconf-acm";
    private static final String OR = "urn:ietf:params:xml:ns:yang:ietf-origin";
    private static final String NC = "xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'";
    private static final String Y = "xmlns:y='urn:ietf:params:xml:ns:yang:1'";
    private static final String TIMING_FILTER =
            "<subtree-filter><cluster xmlns='" + CLUSTER + "'><timing/></cluster></subtree-filter>";

    /// The user `guard` may read neither the rule `veiled` nor the user `hidden`.
    private static final String CONFIG = """
            <cluster xmlns='%s'><name>demo</name><timing><dead-time>100</dead-time></timing></cluster>
            <system xmlns='%s'>
              <user><name>root</name><role>admin</role><authorized-key>KEY</authorized-key></user>
              <user><name>guard</name><authorized-key>KEY</authorized-key></user>
              <user><name>hidden</name><role>admin</role></user>
            </system>
            <policy xmlns='%s'>
              <rule><name>a b/c</name><action>accept</action></rule>
              <rule><name>two</name><action>accept</action></rule>
              <rule><name>veiled</name><action>accept</action></rule>
              <rule><name>three</name><action>accept</action></rule>
            </policy>
            <nacm xmlns='%s' xmlns:s='%s' xmlns:p='%s'>
              <groups><group><name>guards</name><user-name>guard</user-name></group></groups>
              <rule-list><name>guards</name><group>guards</group>
                <rule><name>no-users</name><path>/s:system/s:user[s:name='hidden']</path><action>deny</action></rule>
                <rule><name>no-rule</name><path>/p:policy/p:rule[p:name='veiled']</path><action>deny</action></rule>
              </rule-list>
            </nacm>""".formatted(CLUSTER, SYSTEM, POLICY, NACM, SYSTEM, POLICY);

    @TempDir
    private Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private RawSession session;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = new TestServer(directory);
        session = server.ssh();
        session.hello("1.0");
        session.ok(RawSession.edit(CONFIG.replace("KEY", server.publicKey())));
        session.ok("<commit/>");
    }

    @AfterEach
    void stop() {
        session.close();
        server.close();
    }

    private static String compare(String source, String target, String more) {
        return "<compare xmlns='" + Comparison.NAMESPACE + "' xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores'>"
                + "<source>ds:" + source + "</source><target>ds:" + target + "</target>" + more + "</compare>";
    }

    private static String reply(String content) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>"
                + "<rpc-reply xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"7\">" + content
                + "</rpc-reply>";
    }

    private static String differences(String source, String target, String... edits) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < edits.length; i++) {
            list.append("<edit><edit-id>")
                    .append(i + 1)
                    .append("</edit-id>")
                    .append(edits[i])
                    .append("</edit>");
        }
        return reply("<differences xmlns=\"" + Comparison.NAMESPACE + "\"><yang-patch><patch-id>" + source + "-to-"
                + target + "</patch-id>" + list + "</yang-patch></differences>");
    }

    private static String edit(String operation, String target, String more) {
        return "<operation>" + operation + "</operation><target>" + target + "</target>" + more;
    }

    private static String after(String point) {
        return "<point>/testudo-policy:policy/rule=" + point + "</point><where>after</where>";
    }

    private static String value(String namespace, String name, String content) {
        return "<value>" + node(namespace, name, content) + "</value>";
    }

    private static String source(String namespace, String name, String content) {
        return "<source-value>" + node(namespace, name, content) + "</source-value>";
    }

    private static String node(String namespace, String name, String content) {
        return "<" + name + " xmlns=\"" + namespace + "\">" + content + "</" + name + ">";
    }

    private void edit(String config) throws IOException {
        session.ok(RawSession.edit(config));
    }

    private static String cluster(String content) {
        return "<cluster xmlns='" + CLUSTER + "' " + NC + ">" + content + "</cluster>";
    }

    private static String policy(String content) {
        return "<policy xmlns='" + POLICY + "' " + NC + " " + Y + ">" + content + "</policy>";
    }

    @Test
    void equalDatastoresHaveNoEdits() throws IOException {
        assertEquals(differences("running", "intended"), session.ask(compare("running", "intended", "")));
        assertEquals(differences("running", "candidate"), session.ask(compare("running", "candidate", "")));
        assertEquals(differences("running", "operational"), session.ask(compare("running", "operational", "")));
        assertEquals(
                differences("operational", "operational"),
                session.ask(compare("operational", "operational", "<all/>")));
    }

    @Test
    void leavesAreReplacedCreatedAndDeletedInBothDirections() throws IOException {
        edit(cluster(
                "<name>other</name><timing><dead-time nc:operation='delete'/><voter-hold>70</voter-hold></timing>"));
        assertEquals(
                differences(
                        "running",
                        "candidate",
                        edit(
                                "replace",
                                "/testudo-cluster:cluster/name",
                                value(CLUSTER, "name", "other") + source(CLUSTER, "name", "demo")),
                        edit(
                                "delete",
                                "/testudo-cluster:cluster/timing/dead-time",
                                source(CLUSTER, "dead-time", "100")),
                        edit(
                                "create",
                                "/testudo-cluster:cluster/timing/voter-hold",
                                value(CLUSTER, "voter-hold", "70"))),
                session.ask(compare("running", "candidate", "")));
        assertEquals(
                differences(
                        "candidate",
                        "operational",
                        edit(
                                "replace",
                                "/testudo-cluster:cluster/name",
                                value(CLUSTER, "name", "demo") + source(CLUSTER, "name", "other")),
                        edit(
                                "delete",
                                "/testudo-cluster:cluster/timing/voter-hold",
                                source(CLUSTER, "voter-hold", "70")),
                        edit(
                                "create",
                                "/testudo-cluster:cluster/timing/dead-time",
                                value(CLUSTER, "dead-time", "100"))),
                session.ask(compare("candidate", "operational", "")));
    }

    @Test
    void aContainerComesAndGoesAsAWhole() throws IOException {
        edit(cluster("<timing nc:operation='delete'/>"));
        String content = "<dead-time>100</dead-time>";
        assertEquals(
                differences(
                        "running",
                        "candidate",
                        edit("delete", "/testudo-cluster:cluster/timing", source(CLUSTER, "timing", content))),
                session.ask(compare("running", "candidate", "")));
        assertEquals(
                differences(
                        "candidate",
                        "running",
                        edit("create", "/testudo-cluster:cluster/timing", value(CLUSTER, "timing", content))),
                session.ask(compare("candidate", "running", "")));
    }

    @Test
    void entriesOfAnOrderedListAreInsertedMovedAndDeleted() throws IOException {
        edit(policy("<rule nc:operation='delete'><name>two</name></rule>"
                + "<rule y:insert='first'><name>three</name></rule>"
                + "<rule y:insert='after' y:key=\"[name='three']\"><name>new</name><action>drop</action></rule>"));
        String rule = "/testudo-policy:policy/rule=";
        assertEquals(
                differences(
                        "running",
                        "candidate",
                        edit("delete", rule + "two", source(POLICY, "rule", "<name>two</name><action>accept</action>")),
                        edit("move", rule + "three", "<where>first</where>"),
                        edit(
                                "insert",
                                rule + "new",
                                after("three") + value(POLICY, "rule", "<name>new</name><action>drop</action>"))),
                session.ask(compare("running", "candidate", "")));
        assertEquals(
                differences(
                        "candidate",
                        "running",
                        edit("delete", rule + "new", source(POLICY, "rule", "<name>new</name><action>drop</action>")),
                        edit(
                                "insert",
                                rule + "two",
                                after("a%20b%2Fc") + value(POLICY, "rule", "<name>two</name><action>accept</action>")),
                        edit("move", rule + "three", after("veiled"))),
                session.ask(compare("candidate", "running", "")));
    }

    @Test
    void entriesThatNobodyOrdersAreCreatedAndDeleted() throws IOException {
        edit("<system xmlns='" + SYSTEM + "' " + NC + "><user><name>eve</name></user>"
                + "<user nc:operation='delete'><name>hidden</name></user></system>");
        assertEquals(
                differences(
                        "running",
                        "candidate",
                        edit(
                                "delete",
                                "/testudo-system:system/user=hidden",
                                source(SYSTEM, "user", "<name>hidden</name><role>admin</role>")),
                        edit("create", "/testudo-system:system/user=eve", value(SYSTEM, "user", "<name>eve</name>"))),
                session.ask(compare("running", "candidate", "")));
    }

    @Test
    void aFilterSaysWhatIsComparedInBoth() throws IOException {
        edit(cluster("<name>other</name><timing><dead-time>40</dead-time></timing>"));
        String timing = differences(
                "running",
                "candidate",
                edit(
                        "replace",
                        "/testudo-cluster:cluster/timing/dead-time",
                        value(CLUSTER, "dead-time", "40") + source(CLUSTER, "dead-time", "100")));
        assertEquals(timing, session.ask(compare("running", "candidate", TIMING_FILTER)));
        String xpath = "<xpath-filter xmlns:t='" + CLUSTER + "'>%s</xpath-filter>";
        assertEquals(
                timing,
                session.ask(compare("running", "candidate", xpath.formatted("//t:dead-time[. &gt; 50]"))),
                "it is selected in one of them only, and is in both");
        assertEquals(
                reply("<no-matches xmlns=\"" + Comparison.NAMESPACE + "\"/>"),
                session.ask(compare("running", "candidate", xpath.formatted("//t:dead-time[. &gt; 500]"))));
        assertEquals(differences("running", "intended"), session.ask(compare("running", "intended", TIMING_FILTER)));
        edit(policy("<rule><name>new</name><action>drop</action></rule>"));
        String names = "<subtree-filter><policy xmlns='" + POLICY + "'><rule><name/></rule></policy></subtree-filter>";
        assertEquals(
                differences(
                        "running",
                        "candidate",
                        edit(
                                "insert",
                                "/testudo-policy:policy/rule=new",
                                after("three") + value(POLICY, "rule", "<name>new</name>"))),
                session.ask(compare("running", "candidate", names)));
    }

    @Test
    void defaultsAndStateAreComparedIfAllIsWantedAndOriginsAreReported() throws IOException {
        String origin = " xmlns:or=\"" + OR + "\" or:origin=\"or:default\"";
        String made = "<operation>create</operation><target>/testudo-cluster:cluster/timing/%s</target>"
                + "<value><%s%s xmlns=\"" + CLUSTER + "\">%s</%s></value>";
        for (String mark : List.of("", origin)) {
            String parameters = TIMING_FILTER + (mark.isEmpty() ? "<all/>" : "<all/><report-origin/>");
            assertEquals(
                    differences(
                            "running",
                            "operational",
                            made.formatted("voter-hold", "voter-hold", mark, "60", "voter-hold"),
                            made.formatted("commit-timeout", "commit-timeout", mark, "2", "commit-timeout")),
                    session.ask(compare("running", "operational", parameters)));
        }
        String all = session.ask(compare("running", "operational", "<all/>"));
        assertTrue(all.contains("<target>/ietf-netconf-monitoring:netconf-state</target>"), all);
        edit(cluster("<name>other</name>"));
        assertEquals(
                differences(
                        "operational",
                        "candidate",
                        edit(
                                "replace",
                                "/testudo-cluster:cluster/name",
                                value(CLUSTER, "name", "other")
                                        + "<source-value><name xmlns:or=\"" + OR
                                        + "\" or:origin=\"or:intended\" xmlns=\"" + CLUSTER
                                        + "\">demo</name></source-value>")),
                session.ask(compare("operational", "candidate", "<report-origin/>")));
    }

    @Test
    void whatAUserMayNotReadDoesNotShow() throws IOException {
        edit(policy("<rule y:insert='first'><name>veiled</name><action>drop</action></rule>"
                + "<rule y:insert='after' y:key=\"[name='veiled']\"><name>new</name><action>drop</action></rule>"));
        edit("<system xmlns='" + SYSTEM + "'><user><name>hidden</name><role>read-only</role></user></system>");
        try (RawSession guard = server.ssh("127.0.0.1", "guard")) {
            guard.hello("1.0");
            assertEquals(
                    differences(
                            "running",
                            "candidate",
                            edit(
                                    "insert",
                                    "/testudo-policy:policy/rule=new",
                                    "<where>first</where>"
                                            + value(POLICY, "rule", "<name>new</name><action>drop</action>"))),
                    guard.ask(compare("running", "candidate", "")));
            String hidden = "<subtree-filter><system xmlns='" + SYSTEM + "'><user><name>%s</name></user></system>"
                    + "</subtree-filter>";
            String none = reply("<no-matches xmlns=\"" + Comparison.NAMESPACE + "\"/>");
            assertEquals(none, guard.ask(compare("running", "candidate", hidden.formatted("hidden"))));
            assertEquals(none, guard.ask(compare("running", "candidate", hidden.formatted("nobody"))));
            String all = guard.ask(compare("running", "operational", "<all/>"));
            assertFalse(all.contains("hidden") || all.contains("veiled"), all);
        }
    }

    @Test
    void secretsDoNotShowAndTellNothing() throws IOException {
        edit("<system xmlns='" + SYSTEM
                + "'><user><name>root</name><password>$0$Passw0rd-secret</password></user></system>");
        assertEquals(differences("running", "candidate"), session.ask(compare("running", "candidate", "")));
        assertEquals(
                reply("<no-matches xmlns=\"" + Comparison.NAMESPACE + "\"/>"),
                session.ask(compare(
                        "running", "candidate", "<xpath-filter xmlns:s='" + SYSTEM + "'>//s:password</xpath-filter>")));
        edit("<system xmlns='" + SYSTEM
                + "'><user><name>eve</name><password>$0$Passw0rd-secret</password></user></system>");
        assertEquals(
                differences(
                        "running",
                        "candidate",
                        edit("create", "/testudo-system:system/user=eve", value(SYSTEM, "user", "<name>eve</name>"))),
                session.ask(compare("running", "candidate", "")));
    }

    @ParameterizedTest
    @CsvSource({
        "<target>ds:running</target>, missing-element, source",
        "<source>ds:running</source>, missing-element, target",
        "<source>ds:running</source><target>ds:startup</target>, invalid-value, target",
        "<source>ds:nowhere</source><target>ds:running</target>, invalid-value, source",
        "<source>ds:running</source><target>ds:candidate</target><xpath-filter>1 + 1</xpath-filter>,"
                + "invalid-value, xpath-filter",
        "<source>ds:running</source><target>ds:candidate</target><some/>, invalid-value, some"
    })
    void whatIsNotValidIsRefused(String parameters, String tag, String element) throws IOException {
        String reply = session.ask("<compare xmlns='" + Comparison.NAMESPACE
                + "' xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores'>" + parameters + "</compare>");
        assertTrue(reply.contains("<error-tag>" + tag + "</error-tag>"), reply);
        assertTrue(reply.contains(element), reply);
        assertFalse(reply.contains("internal-error"), reply);
    }

    /// Debian package libyang-tools.
    @Test
    void yanglintAcceptsTheReply() throws IOException, InterruptedException {
        edit(policy("<rule nc:operation='delete'><name>two</name></rule>"
                + "<rule y:insert='first'><name>three</name></rule><rule><name>new</name></rule>"));
        edit(cluster("<name>other</name>"));
        List<String> command = new ArrayList<>(List.of("yanglint", "-p", directory.toString(), "-t", "nc-reply"));
        for (Models.ModuleText module : TestModels.PRODUCT.modules()) {
            Path file = directory.resolve(
                    module.name() + (module.revision().isEmpty() ? "" : "@" + module.revision()) + ".yang");
            Files.writeString(file, module.text());
            command.addAll(List.of("-F", module.name() + ":" + String.join(",", module.features())));
            if (!module.importOnly()) {
                command.add(file.toString());
            }
        }
        String request = compare("candidate", "operational", "<all/><report-origin/>");
        Path rpc = directory.resolve("rpc.xml");
        Path reply = directory.resolve("reply.xml");
        Files.writeString(rpc, RawSession.rpc(request));
        Files.writeString(reply, session.ask(request));
        command.addAll(List.of("-R", rpc.toString(), reply.toString()));
        assertEquals("", server.run(command.toArray(String[]::new)));
        Files.writeString(reply, Files.readString(reply).replaceFirst("<operation>", "<operation>un"));
        assertThrows(AssertionError.class, () -> server.run(command.toArray(String[]::new)), "it looks at the reply");
    }
}
