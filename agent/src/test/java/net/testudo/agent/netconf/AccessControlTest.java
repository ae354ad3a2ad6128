package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import net.testudo.element.management.ElementEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A user with rules (ietf-netconf-acm) talks to the server by OpenSSH.
@Tag("CFG-06")
@Timeout(120)
final class AccessControlTest {
    private static final String NACM = "urn:ietf:params:xml:ns:yang:ietf-netconf-acm";
    private static final String SYSTEM = "urn:testudo:yang:testudo-system";
    private static final String POLICY = "urn:testudo:yang:testudo-policy";

    /// The user `guard` may edit the policy, but rule `fixed` of it, and not see the user `hidden`.
    private static final String CONFIG = """
            <system xmlns='%s'>
              <user><name>root</name><role>admin</role><authorized-key>KEY</authorized-key></user>
              <user><name>guard</name><authorized-key>KEY</authorized-key></user>
              <user><name>hidden</name><role>admin</role></user>
            </system>
            <policy xmlns='%s'>
              <rule><name>fixed</name><action>accept</action></rule>
            </policy>
            <nacm xmlns='%s' xmlns:s='%s' xmlns:p='%s'>
              <groups><group><name>guards</name><user-name>guard</user-name></group></groups>
              <rule-list><name>guards</name><group>guards</group>
                <rule><name>no-users</name><path>/s:system/s:user[s:name='hidden']</path><action>deny</action></rule>
                <rule><name>fixed</name><path>/p:policy/p:rule[p:name='fixed']</path>
                  <access-operations>update delete</access-operations><action>deny</action></rule>
                <rule><name>policy</name><path>/p:policy</path><action>permit</action></rule>
                <rule><name>editing</name><module-name>ietf-netconf</module-name><rpc-name>*</rpc-name>
                  <action>permit</action></rule>
                <rule><name>no-downs</name><notification-name>member-down</notification-name>
                  <action>deny</action></rule>
              </rule-list>
            </nacm>""".formatted(SYSTEM, POLICY, NACM, SYSTEM, POLICY);

    @TempDir
    private Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    private RawSession guard;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = new TestServer(directory);
        try (RawSession admin = server.ssh()) {
            admin.hello("1.0");
            admin.ok(RawSession.edit(CONFIG.replace("KEY", server.publicKey())));
            admin.ok("<commit/>");
        }
        guard = server.ssh("127.0.0.1", "guard");
        guard.hello("1.0");
    }

    @AfterEach
    void stop() {
        guard.close();
        server.close();
    }

    private static String get(String filter) {
        return "<get><filter>" + filter + "</filter></get>";
    }

    private static String rule(String name, String action) {
        return "<policy xmlns='" + POLICY + "'><rule><name>" + name + "</name><action>" + action
                + "</action></rule></policy>";
    }

    @Test
    void whatIsHiddenIsNotShownAndNoFilterTellsOfIt() throws IOException {
        String users = guard.ask("<get-config><source><running/></source></get-config>");
        assertTrue(users.contains("<name>guard</name>"), users);
        assertFalse(users.contains("hidden"), users);
        assertFalse(users.contains("<nacm"), users);
        String none = guard.ask(get("<system xmlns='" + SYSTEM + "'><user><name>nobody</name></user></system>"));
        assertEquals(none, guard.ask(get("<system xmlns='" + SYSTEM + "'><user><name>hidden</name></user></system>")));
        String count = "<get><filter type='xpath' xmlns:s='" + SYSTEM + "' select=\"/s:system/s:user"
                + "[count(../s:user[s:name='%s']) = 1]\"/></get>";
        assertEquals(guard.ask(count.formatted("nobody")), guard.ask(count.formatted("hidden")));
        String operational = guard.ask("<get-data xmlns='" + DataReads.NAMESPACE
                + "'><datastore xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores'>ds:operational</datastore>"
                + "</get-data>");
        assertTrue(operational.contains("<name>guard</name>"), operational);
        assertFalse(operational.contains("hidden"), operational);
        String revision =
                guard.ask("<get-revision xmlns='urn:testudo:yang:testudo-revisions'><number>1</number></get-revision>");
        assertTrue(revision.contains("<name>guard</name>"), revision);
        assertFalse(revision.contains("hidden"), revision);
    }

    @Test
    void anEditThatIsNotPermittedIsRefusedAsAWhole() throws IOException {
        guard.ok(RawSession.edit(rule("new", "accept")));
        assertEquals(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>"
                        + "<rpc-reply xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"7\"><rpc-error>"
                        + "<error-type>application</error-type><error-tag>access-denied</error-tag>"
                        + "<error-severity>error</error-severity><error-path xmlns:testudo-policy=\"" + POLICY
                        + "\">/testudo-policy:policy/testudo-policy:rule[testudo-policy:name='fixed']"
                        + "/testudo-policy:action</error-path>"
                        + "<error-message xml:lang=\"en\">the user guard may not update"
                        + " this node; explain-access says why</error-message></rpc-error></rpc-reply>",
                guard.ask(RawSession.edit(rule("more", "accept") + rule("fixed", "drop"))));
        String candidate = guard.ask("<get-config><source><candidate/></source></get-config>");
        assertTrue(candidate.contains("<name>new</name>"), candidate);
        assertFalse(candidate.contains("<name>more</name>"), candidate);
        String hidden = guard.ask(RawSession.edit(
                "<system xmlns='" + SYSTEM + "'><user><name>hidden</name><role>read-only</role></user>" + "</system>"));
        assertTrue(hidden.contains("access-denied"), hidden);
        assertFalse(hidden.contains("error-path"), "the path would tell that it is there: " + hidden);
        guard.ok("<commit/>");
    }

    @Test
    void aCommitNeedsTheRightToAllThatItChanges() throws IOException {
        try (RawSession admin = server.ssh("127.0.0.1", "root")) {
            admin.hello("1.0");
            admin.ok(RawSession.edit(rule("fixed", "drop")));
            guard.ok(RawSession.edit(rule("new", "accept")));
            assertTrue(guard.ask("<commit/>").contains("access-denied"));
            admin.ok("<commit/>");
        }
    }

    @Test
    void operationsWithoutARuleAreThoseOfTheRole() throws IOException {
        String reset = guard.ask("<factory-reset xmlns='urn:testudo:yang:testudo-cluster'/>");
        assertTrue(reset.contains("access-denied"), reset);
        assertTrue(reset.contains("may not call factory-reset"), reset);
        try (RawSession admin = server.ssh("127.0.0.1", "root")) {
            admin.hello("1.0");
            String counters = admin.ask(get("<nacm xmlns='" + NACM + "'><denied-operations/></nacm>"));
            assertTrue(counters.contains("<denied-operations>1</denied-operations>"), counters);
        }
    }

    @Test
    void aPathIsShownWithPrefixesThatItsElementDeclares() throws IOException {
        try (RawSession admin = server.ssh("127.0.0.1", "root")) {
            admin.hello("1.0");
            String rules = admin.ask(get("<nacm xmlns='" + NACM + "'><rule-list/></nacm>"));
            assertTrue(
                    rules.contains("<path xmlns:testudo-policy=\"" + POLICY + "\">/testudo-policy:policy</path>"),
                    rules);
            String unknown = admin.ask(RawSession.edit("<nacm xmlns='" + NACM
                    + "'><rule-list><name>l</name><rule><name>r</name><path>/p:policy</path>"
                    + "<action>deny</action></rule></rule-list></nacm>"));
            assertTrue(unknown.contains("the prefix 'p' is neither declared"), unknown);
        }
    }

    @Test
    void aNotificationThatARuleDeniesIsNotTold() throws IOException {
        guard.ok("<create-subscription xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'/>");
        for (ElementEvent.Kind kind :
                new ElementEvent.Kind[] {ElementEvent.Kind.MEMBER_DOWN, ElementEvent.Kind.MEMBER_UP}) {
            server.element()
                    .log(new ElementEvent("A1/2/" + kind, kind, 1, "A1", 10, ElementEvent.Reason.NONE, "", Map.of()));
        }
        String told = guard.until(RawSession.EOM);
        assertTrue(told.contains("<event-id>A1/2/MEMBER_UP<"), told);
    }

    private static String explain(String parameters) {
        return "<explain-access xmlns='urn:testudo:yang:testudo-access' xmlns:p='" + POLICY + "'>" + parameters
                + "</explain-access>";
    }

    private static String answer(String reply) {
        return reply.replaceAll("^.*<rpc-reply[^>]*>|</rpc-reply>$| xmlns(:[a-z-]+)?=\"[^\"]*\"", "");
    }

    @Test
    void accessIsExplained() throws IOException {
        assertEquals(
                "<action>deny</action><because>rule</because><rule-list>guards</rule-list><rule>fixed</rule>"
                        + "<node>/testudo-policy:policy/testudo-policy:rule[testudo-policy:name='fixed']</node>"
                        + "<group>guards</group><group>read-only</group>",
                answer(guard.ask(
                        explain("<path>/p:policy/p:rule[p:name='fixed']</path><operation>delete</operation>"))));
        assertEquals(
                "<action>permit</action><because>rule</because><rule-list>guards</rule-list><rule>editing</rule>"
                        + "<group>guards</group><group>read-only</group>",
                answer(guard.ask(explain("<rpc>ietf-netconf:commit</rpc>"))));
        assertEquals(
                "<action>deny</action><because>role</because><group>guards</group><group>read-only</group>",
                answer(guard.ask(explain("<rpc>testudo-cluster:leave</rpc>"))));
        assertEquals(
                "<action>permit</action><because>default</because><group>guards</group><group>read-only</group>",
                answer(guard.ask(explain("<notification>testudo-cluster:member-up</notification>"))));
        assertTrue(guard.ask(explain("<user>root</user><rpc>ietf-netconf:commit</rpc>"))
                .contains("access-denied"));
        assertTrue(guard.ask(explain("")).contains("missing-element"));
        assertTrue(guard.ask(explain("<rpc>commit</rpc>")).contains("write the name of the module"));
        try (RawSession admin = server.ssh("127.0.0.1", "root")) {
            admin.hello("1.0");
            assertEquals(
                    "<action>deny</action><because>rule</because><rule-list>guards</rule-list><rule>no-downs</rule>"
                            + "<group>guards</group><group>read-only</group>",
                    answer(admin.ask(
                            explain("<user>guard</user><notification>testudo-cluster:member-down</notification>"))));
            assertTrue(admin.ask(explain("<user>nobody</user><rpc>ietf-netconf:get</rpc>"))
                    .contains("there is no user 'nobody'"));
        }
    }
}
