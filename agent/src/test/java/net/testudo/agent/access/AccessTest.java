package net.testudo.agent.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import net.testudo.agent.access.AccessDecision.Reason;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalPath;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.ChangeGuard;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.TestModels;
import net.testudo.agent.datastore.Xml;
import net.testudo.element.management.Content;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/// What is decided for a user of the role read-only, by rules of a configuration.
@Tag("CFG-06")
final class AccessTest {
    private static final Subject VIEWER = new Subject("viewer", false, Set.of("read-only"));
    private static final String NACM = "/ietf-netconf-acm:nacm";
    private static final String NAME = "/testudo-cluster:cluster/name";

    /// Lines of the configuration of access control, without the path to it.
    private static AccessControl control(String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(NACM).append(line).append('\n');
        }
        Content content = new Content(text.toString(), "");
        return new AccessControl(TestModels.PRODUCT, () -> content);
    }

    private static Access viewer(String... lines) {
        return control(lines).of(VIEWER);
    }

    /// The lines of a rule for the group read-only.
    private static String[] rule(String... leaves) {
        String[] lines = new String[leaves.length + 1];
        lines[0] = "/rule-list[name='l']/group[.='read-only']";
        for (int i = 0; i < leaves.length; i++) {
            lines[i + 1] = "/rule-list[name='l']/rule[name='r']/" + leaves[i];
        }
        return lines;
    }

    private static AccessDecision node(Access access, String path, AccessOperation operation) {
        try {
            return access.node(CanonicalPath.parse(path), operation).decision();
        } catch (CanonicalFormException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ietf-netconf, get, true, DEFAULT",
        "ietf-netconf, validate, true, DEFAULT",
        "ietf-netconf-nmda, get-data, true, DEFAULT",
        "ietf-netconf-nmda, edit-data, false, ROLE",
        "ietf-netconf-monitoring, get-schema, true, DEFAULT",
        "testudo-revisions, get-revision, true, DEFAULT",
        "testudo-verification, compare-members, true, DEFAULT",
        "ietf-netconf, close-session, true, ALWAYS",
        "ietf-netconf, edit-config, false, ROLE",
        "ietf-netconf, commit, false, ROLE",
        "ietf-netconf, discard-changes, false, ROLE",
        "ietf-netconf, lock, false, ROLE",
        "ietf-netconf, kill-session, false, ROLE",
        "testudo-cluster, factory-reset, false, ROLE",
        "testudo-cluster, leave, false, ROLE",
        "testudo-revisions, load-revision, false, ROLE",
        "testudo-identity, rotate-cluster-identity, false, ROLE"
    })
    void withoutRulesAReaderCallsWhatChangesNothing(String module, String name, boolean permitted, Reason reason) {
        AccessDecision decided = viewer().operation(module, name);
        assertEquals(permitted, decided.permitted());
        assertEquals(reason, decided.reason());
    }

    @Test
    void withoutRulesAReaderReadsAllButTheRulesAndWritesNothing() {
        Access viewer = viewer();
        assertTrue(node(viewer, NAME, AccessOperation.READ).permitted());
        assertEquals(
                Reason.DEFAULT_DENY, node(viewer, NACM, AccessOperation.READ).reason());
        assertEquals(
                Reason.DEFAULT_DENY,
                node(viewer, NACM + "/read-default", AccessOperation.UPDATE).reason());
        assertEquals(Reason.DEFAULT, node(viewer, NAME, AccessOperation.UPDATE).reason());
        assertFalse(node(viewer, NAME, AccessOperation.UPDATE).permitted());
    }

    @Test
    void noRuleAppliesToAnAdmin() {
        Access admin = control("/rule-list[name='l']/group[.='*']", "/rule-list[name='l']/rule[name='r']/action = deny")
                .of(new Subject("root", true, Set.of("admin")));
        assertTrue(node(admin, NACM, AccessOperation.DELETE).permitted());
        assertTrue(admin.operation("testudo-cluster", "factory-reset").permitted());
        assertTrue(admin.mayHear("testudo-cluster", "member-up"));
    }

    @Test
    void theFirstRuleThatMatchesDecides() {
        Access viewer = viewer(
                "/rule-list[name='a']/group[.='others']",
                "/rule-list[name='a']/rule[name='x']/action = permit",
                "/rule-list[name='b']/group[.='read-only']",
                "/rule-list[name='b']/rule[name='name']/path = " + "/testudo-cluster:cluster/testudo-cluster:name",
                "/rule-list[name='b']/rule[name='name']/access-operations = read",
                "/rule-list[name='b']/rule[name='name']/action = permit",
                "/rule-list[name='b']/rule[name='rest']/module-name = testudo-cluster",
                "/rule-list[name='b']/rule[name='rest']/action = deny",
                "/rule-list[name='c']/group[.='*']",
                "/rule-list[name='c']/rule[name='all']/action = permit");
        assertEquals(new AccessDecision(false, Reason.RULE, "b", "rest"), node(viewer, NAME, AccessOperation.UPDATE));
        assertEquals(
                new AccessDecision(true, Reason.RULE, "c", "all"),
                node(viewer, "/testudo-policy:policy", AccessOperation.UPDATE));
        assertEquals(new AccessDecision(false, Reason.RULE, "b", "rest"), viewer.operation("testudo-cluster", "join"));
        assertEquals(new AccessDecision(true, Reason.RULE, "c", "all"), viewer.operation("ietf-netconf", "commit"));
    }

    @Test
    void whatIsBelowANodeThatMayNotBeReadMayNotBeReadEither() throws CanonicalFormException {
        Access viewer = viewer(
                "/rule-list[name='b']/group[.='read-only']",
                "/rule-list[name='b']/rule[name='name']/path = /testudo-cluster:cluster/testudo-cluster:name",
                "/rule-list[name='b']/rule[name='name']/action = permit",
                "/rule-list[name='b']/rule[name='rest']/path = /testudo-cluster:cluster",
                "/rule-list[name='b']/rule[name='rest']/action = deny");
        Access.At decided = viewer.node(CanonicalPath.parse(NAME), AccessOperation.READ);
        assertFalse(decided.decision().permitted());
        assertEquals("rest", decided.decision().rule());
        assertEquals(1, decided.node().steps().size());
        assertTrue(node(viewer, NAME, AccessOperation.UPDATE).permitted());
    }

    @ParameterizedTest
    @CsvSource({
        "/testudo-system:system/testudo-system:user[testudo-system:name='viewer'], viewer, true",
        "/testudo-system:system/testudo-system:user[testudo-system:name='viewer'], other, false",
        "/testudo-system:system/testudo-system:user[testudo-system:name=$USER], viewer, true",
        "/testudo-system:system/testudo-system:user[testudo-system:name=$USER], other, false",
        "/testudo-system:system/testudo-system:user, other, true",
        "/testudo-system:system/testudo-system:ssh, viewer, false",
        "/, viewer, true"
    })
    void aPathIsForItsEntriesAndWhatIsBelow(String path, String user, boolean matches) {
        Access viewer = viewer(rule("path = " + path, "access-operations = create update", "action = permit"));
        String leaf = "/testudo-system:system/user[name='" + user + "']/role";
        assertEquals(matches, node(viewer, leaf, AccessOperation.UPDATE).permitted());
        assertEquals(matches, node(viewer, leaf, AccessOperation.CREATE).permitted());
        assertFalse(node(viewer, leaf, AccessOperation.DELETE).permitted());
    }

    @Test
    void aRuleForDataIsNoneForOperationsNorTheOtherWayRound() {
        Access viewer = viewer(rule("rpc-name = commit", "action = permit"));
        assertTrue(viewer.operation("ietf-netconf", "commit").permitted());
        assertFalse(viewer.operation("ietf-netconf", "lock").permitted());
        assertFalse(node(viewer, NAME, AccessOperation.UPDATE).permitted());
        assertFalse(viewer(rule("path = /", "action = permit"))
                .operation("ietf-netconf", "commit")
                .permitted());
    }

    @Test
    void aDenyingRuleWhosePathNobodyUnderstandsDeniesAll() {
        assertFalse(node(viewer(rule("path = cluster", "action = deny")), NAME, AccessOperation.READ)
                .permitted());
        assertFalse(node(viewer(rule("path = cluster", "action = permit")), NAME, AccessOperation.UPDATE)
                .permitted());
    }

    @Test
    void notificationsAreHeardUnlessARuleDeniesThem() {
        AccessControl control = control(rule("notification-name = member-up", "action = deny"));
        Access viewer = control.of(VIEWER);
        assertFalse(viewer.mayHear("testudo-cluster", "member-up"));
        assertTrue(viewer.mayHear("testudo-cluster", "member-left"));
        assertTrue(control.lines().contains(NACM + "/denied-notifications = 1\n"), control.lines());
    }

    @Test
    void theSwitchAndTheDefaults() {
        String[] deny = rule("action = deny");
        String[] off = List.of(deny).toArray(new String[deny.length + 1]);
        off[deny.length] = "/enable-nacm = false";
        Access viewer = viewer(off);
        assertEquals(Reason.DISABLED, node(viewer, NACM, AccessOperation.READ).reason());
        assertTrue(viewer.operation("ietf-netconf", "get").permitted());
        assertFalse(viewer.operation("ietf-netconf", "commit").permitted(), "the role stays");
        viewer = viewer("/read-default = deny", "/write-default = permit", "/exec-default = deny");
        assertFalse(node(viewer, NAME, AccessOperation.READ).permitted());
        assertTrue(node(viewer, NAME, AccessOperation.UPDATE).permitted());
        assertEquals(
                Reason.DEFAULT_DENY,
                node(viewer, "/testudo-system:system/user[name='viewer']/role", AccessOperation.UPDATE)
                        .reason());
        assertFalse(viewer.operation("ietf-netconf", "get").permitted());
        assertTrue(viewer.operation("ietf-netconf", "close-session").permitted());
    }

    @Test
    void groupsAreThoseOfTheConfigurationAndTheRole() {
        String[] lines = {
            "/enable-external-groups = false",
            "/groups/group[name='ops']/user-name[.='viewer']",
            "/rule-list[name='l']/group[.='read-only']",
            "/rule-list[name='l']/rule[name='r']/action = deny"
        };
        assertEquals(Set.of("ops"), viewer(lines).groups());
        assertTrue(node(viewer(lines), NAME, AccessOperation.READ).permitted());
        lines[0] = "/enable-external-groups = true";
        assertEquals(Set.of("ops", "read-only"), viewer(lines).groups());
        assertFalse(node(viewer(lines), NAME, AccessOperation.READ).permitted());
    }

    @Test
    void whatIsDeniedIsCounted() throws CanonicalFormException {
        AccessControl control = control();
        Access viewer = control.of(VIEWER);
        assertThrows(RpcException.class, () -> viewer.demandOperation("ietf-netconf", "commit"));
        CanonicalPath path = CanonicalPath.parse(NAME);
        for (int i = 0; i < 2; i++) {
            assertThrows(RpcException.class, () -> viewer.changes().check(ChangeGuard.Kind.CREATE, path));
        }
        assertEquals(
                NACM + "/denied-operations = 1\n" + NACM + "/denied-data-writes = 2\n" + NACM
                        + "/denied-notifications = 0\n",
                control.lines());
    }

    private static String seen(Access access, String lines) throws CanonicalFormException {
        Element data = Xml.root(Xml.BASE, "data");
        new CanonicalXml(TestModels.PRODUCT).append(data, lines);
        access.hide(data);
        StringBuilder names = new StringBuilder();
        list(data, names);
        return names.toString();
    }

    private static void list(Element parent, StringBuilder names) {
        for (Element child : Xml.children(parent)) {
            names.append(child.getLocalName());
            if (Xml.children(child).isEmpty()) {
                names.append('=').append(child.getTextContent());
            }
            names.append(' ');
            list(child, names);
        }
    }

    @Test
    void whatMayNotBeReadIsNotShownNorThatItIsThere() throws CanonicalFormException {
        String system = "/testudo-system:system";
        String lines = system + "/user[name='a']/role = admin\n" + system + "/user[name='b']/role = read-only\n"
                + system + "/snmp/engine-id = 8000\n" + NACM + "/read-default = permit\n";
        assertEquals(
                "system user name=a role=admin user name=b role=read-only snmp engine-id=8000 ", seen(viewer(), lines));
        assertEquals(
                "system user name=b role=read-only ",
                seen(
                        viewer(
                                "/rule-list[name='l']/group[.='*']",
                                "/rule-list[name='l']/rule[name='1']/path = /testudo-system:system"
                                        + "/testudo-system:user[testudo-system:name='a']",
                                "/rule-list[name='l']/rule[name='1']/action = deny",
                                "/rule-list[name='l']/rule[name='2']/path = /testudo-system:system"
                                        + "/testudo-system:snmp/testudo-system:engine-id",
                                "/rule-list[name='l']/rule[name='2']/action = deny"),
                        lines));
        assertEquals(
                "system snmp engine-id=8000 ",
                seen(
                        viewer(rule(
                                "path = /testudo-system:system/testudo-system:user/testudo-system:name",
                                "action = deny")),
                        lines),
                "an entry without its key is none");
    }
}
