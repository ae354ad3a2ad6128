package net.testudo.agent.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.testudo.agent.MemoryElement;
import net.testudo.element.management.Author;
import net.testudo.element.management.Content;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.netconf.api.xml.XmlUtil;
import org.xml.sax.SAXException;

/// What a guard is asked about edits, commits and older revisions, and what becomes of what it refuses.
final class ChangeGuardTest {
    private static final String SYSTEM = "<system xmlns='urn:testudo:yang:testudo-system' xmlns:nc='" + Xml.BASE + "'>";
    private static final String POLICY =
            "<policy xmlns='urn:testudo:yang:testudo-policy' xmlns:yang='urn:ietf:params:xml:ns:yang:1'>";
    private static final Editor ALL = Editor.unrestricted(1);
    private static final String USERS = SYSTEM + "<user><name>a</name><role>admin</role></user></system>";

    private final MemoryElement element = new MemoryElement();
    private final Datastores datastores = new Datastores(
            TestModels.PRODUCT,
            element,
            _ -> "",
            ContentRule.NONE,
            new PendingCommits(TestModels.PRODUCT, element, System::nanoTime));
    private final List<String> asked = new ArrayList<>();
    private final Editor watched = new Editor(
            2,
            (kind, path) -> asked.add(kind + " " + InstancePath.of(path).replaceAll("testudo-(system|policy):", "")));

    @BeforeEach
    void start() throws RpcException {
        edit(ALL, USERS);
        datastores.commit(ALL, "", Author.NONE, Confirmation.NONE);
    }

    private void edit(Editor editor, String xml) throws RpcException {
        edit(editor, xml, EditOperation.MERGE);
    }

    private void edit(Editor editor, String xml, EditOperation standard) throws RpcException {
        try {
            datastores.edit(
                    editor,
                    new Datastores.Edit(
                            XmlUtil.readXmlToElement("<config>" + xml + "</config>"),
                            standard,
                            false,
                            true,
                            OnError.REFUSE_ALL));
        } catch (IOException | SAXException e) {
            throw new AssertionError(e);
        }
    }

    /// What was asked about users and policy; the element has a member of its own.
    private List<String> asked() {
        List<String> sorted = asked.stream()
                .filter(change -> !change.contains("cluster"))
                .distinct()
                .sorted()
                .toList();
        asked.clear();
        return sorted;
    }

    private String candidate() throws RpcException {
        return datastores.read(Datastores.Name.CANDIDATE, DefaultsMode.EXPLICIT);
    }

    private static Editor refuses(String what) {
        return new Editor(2, (kind, path) -> {
            if ((kind + " " + InstancePath.of(path)).equals(what)) {
                throw new RpcException(RpcError.protocol("access-denied", ""));
            }
        });
    }

    @Test
    void whatChangesIsAskedAndNothingElse() throws RpcException {
        edit(watched, USERS);
        assertEquals(List.of(), asked());
        edit(watched, SYSTEM + "<user><name>a</name><role>read-only</role></user></system>");
        assertEquals(List.of("UPDATE /system/user[name='a']/role"), asked());
        edit(watched, SYSTEM + "<user><name>b</name><password>$0$12345678</password></user></system>");
        assertEquals(List.of("CREATE /system/user[name='b']", "CREATE /system/user[name='b']/password"), asked());
        edit(watched, SYSTEM + "<user nc:operation='delete'><name>a</name></user></system>");
        assertEquals(List.of("DELETE /system/user[name='a']", "DELETE /system/user[name='a']/role"), asked());
        edit(watched, "", EditOperation.REPLACE);
        assertEquals(List.of("DELETE /system/user[name='b']", "DELETE /system/user[name='b']/password"), asked());
    }

    @Test
    void theOrderOfAListIsAskedToo() throws RpcException {
        String rules = POLICY + "<rule><name>1</name><action>accept</action></rule>"
                + "<rule><name>2</name><action>accept</action></rule></policy>";
        edit(ALL, rules);
        edit(watched, POLICY + "<rule yang:insert='first'><name>2</name><action>accept</action></rule></policy>");
        assertEquals(List.of("UPDATE /policy/rule[name='1']", "UPDATE /policy/rule[name='2']"), asked());
    }

    @Test
    void whoCommitsIsAskedForAllThatTheCommitChanges() throws RpcException {
        edit(ALL, SYSTEM + "<user><name>a</name><role>read-only</role></user></system>");
        datastores.commit(watched, "", Author.NONE, Confirmation.NONE);
        assertEquals(List.of("UPDATE /system/user[name='a']/role"), asked());
    }

    @Test
    void aRefusedEditChangesNothing() throws RpcException {
        String before = candidate();
        Editor editor = refuses("CREATE /testudo-system:system/testudo-system:user[testudo-system:name='c']");
        assertThrows(
                RpcException.class,
                () -> edit(editor, SYSTEM + "<user><name>b</name></user><user><name>c</name></user></system>"));
        assertEquals(before, candidate());
    }

    @Test
    void aRefusedCommitLeavesRunningAndCandidate() throws RpcException {
        edit(ALL, SYSTEM + "<user><name>a</name><role>read-only</role></user></system>");
        String before = candidate();
        Editor editor = refuses(
                "UPDATE /testudo-system:system/testudo-system:user[testudo-system:name='a']/testudo-system:role");
        assertThrows(RpcException.class, () -> datastores.commit(editor, "", Author.NONE, Confirmation.NONE));
        assertEquals(before, candidate());
        assertEquals(1, element.snapshot().revision());
    }

    @Test
    void aRefusedOlderRevisionLeavesTheCandidate() throws RpcException {
        edit(ALL, SYSTEM + "<user><name>b</name></user></system>");
        String before = candidate();
        Editor editor = refuses("DELETE /testudo-system:system/testudo-system:user[testudo-system:name='a']");
        assertThrows(RpcException.class, () -> datastores.load(editor, Content.EMPTY));
        assertEquals(before, candidate());
    }

    /// Otherwise data-exists and data-missing would tell what a user may not read.
    @Test
    void whoMayNotMakeOrRemoveANodeIsNotToldWhetherItIsThere() {
        for (String name : List.of("a", "b")) {
            String path = "/testudo-system:system/testudo-system:user[testudo-system:name='" + name + "']";
            for (String operation : List.of("create", "delete", "remove")) {
                Editor editor = refuses((operation.equals("create") ? "CREATE " : "DELETE ") + path);
                RpcException refused = assertThrows(
                        RpcException.class,
                        () -> edit(
                                editor,
                                SYSTEM + "<user nc:operation='" + operation + "'><name>" + name
                                        + "</name></user></system>"));
                assertEquals("access-denied", refused.errors().getFirst().tag());
            }
        }
    }
}
