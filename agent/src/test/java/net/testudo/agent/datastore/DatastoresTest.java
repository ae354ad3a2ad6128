package net.testudo.agent.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.stream.Collectors;
import net.testudo.agent.MemoryElement;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Author;
import net.testudo.element.management.Content;
import net.testudo.element.management.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.netconf.api.xml.XmlUtil;
import org.xml.sax.SAXException;

/// Candidate, running, locks and commits.
final class DatastoresTest {
    private static final String CLUSTER = "<cluster xmlns='urn:testudo:yang:testudo-cluster'>";
    private static final String FORM = CLUSTER + """
            <enabled>true</enabled><name>demo</name><cluster-port>clu</cluster-port>
            <data-network><name>in</name><address>192.0.2.1/24</address></data-network>
            <local-network>in</local-network>
            <join-key><serial>B2</serial><key>5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a</key></join-key></cluster>
            """;
    private static final String KEY = "/testudo-cluster:cluster/join-key[serial='B2']/key";

    private static final Author AUTHOR = new Author("ops", "1", "because");

    private final MemoryElement element = new MemoryElement();
    private final Datastores datastores = new Datastores(
            TestModels.PRODUCT,
            element,
            _ -> "",
            ContentRule.NONE,
            new PendingCommits(TestModels.PRODUCT, element, System::nanoTime));

    @BeforeEach
    void form() throws RpcException {
        edit(FORM);
        datastores.commit(Editor.unrestricted(1), "", Author.NONE, Confirmation.NONE);
    }

    private void edit(String xml) throws RpcException {
        edit(1, xml, EditOperation.MERGE);
    }

    private void edit(long session, String xml, EditOperation standard) throws RpcException {
        String config = "<config xmlns='" + Xml.BASE + "' xmlns:nc='" + Xml.BASE + "'>" + xml + "</config>";
        try {
            datastores.edit(
                    Editor.unrestricted(session),
                    new Datastores.Edit(XmlUtil.readXmlToElement(config), standard, false, true, OnError.REFUSE_ALL));
        } catch (IOException | SAXException e) {
            throw new AssertionError(e);
        }
    }

    private static String name(String name) {
        return CLUSTER + "<name>" + name + "</name></cluster>";
    }

    private String candidate() throws RpcException {
        return datastores.read(Datastores.Name.CANDIDATE, DefaultsMode.EXPLICIT);
    }

    private RpcError refusedCommit() {
        return assertThrows(
                        RpcException.class,
                        () -> datastores.commit(Editor.unrestricted(1), "mine", AUTHOR, Confirmation.NONE))
                .errors()
                .getFirst();
    }

    @Test
    void whoHoldsTheLockOfRunningIsToldToTheElementAndOthersMayNotLetDevicesJoin() throws RpcException {
        datastores.lock(Datastores.Name.RUNNING, new Datastores.Lock(2, "ops", Instant.EPOCH));
        assertEquals("session 2 of user ops", lockTold());
        datastores.demandRunning(2);
        RpcError refused = assertThrows(RpcException.class, () -> datastores.demandRunning(1))
                .errors()
                .getFirst();
        assertEquals("in-use", refused.tag());
        assertTrue(refused.message().contains("session 2 of user ops holds the lock of running"), refused.message());
        datastores.sessionClosed(2);
        assertEquals("", lockTold());
        datastores.demandRunning(1);
    }

    private String lockTold() {
        return ((Request.RunningLock) element.requests().getLast()).holder();
    }

    @Test
    void aConfigurationThatDevicesCannotTakeInTimeIsRefused() throws RpcException {
        StringBuilder rules = new StringBuilder("<policy xmlns='urn:testudo:yang:testudo-policy'>");
        for (int i = 0; i < 3_000; i++) {
            rules.append("<rule><name>%d</name><protocol>tcp</protocol><action>drop</action></rule>".formatted(i));
        }
        edit(rules.append("</policy>").toString());
        String before = datastores.read(Datastores.Name.RUNNING, DefaultsMode.EXPLICIT);
        RpcError refused = refusedCommit();
        assertEquals("too-big", refused.tag());
        assertEquals("configuration-too-large", refused.appTag());
        assertTrue(refused.message().contains("take 262144 at most"), refused.message());
        assertEquals(before, datastores.read(Datastores.Name.RUNNING, DefaultsMode.EXPLICIT));
    }

    @Test
    void anUneditedCandidateFollowsRunning() throws RpcException {
        element.admit("B2", 2);
        assertTrue(candidate().contains("member[serial='B2']/id = 2"));
        assertEquals(
                datastores
                        .read(Datastores.Name.RUNNING, DefaultsMode.EXPLICIT)
                        .lines()
                        .sorted()
                        .toList(),
                candidate().lines().sorted().toList());
    }

    @Test
    void anEditedCandidateTakesOverTheMemberThatTheClusterAdmitted() throws RpcException {
        edit(name("new"));
        element.admit("B2", 2);
        assertTrue(candidate().contains("/testudo-cluster:cluster/name = new\n"));
        assertTrue(candidate().contains("member[serial='B2']/id = 2\n"));
        datastores.commit(Editor.unrestricted(1), "", Author.NONE, Confirmation.NONE);
        assertTrue(datastores
                .read(Datastores.Name.RUNNING, DefaultsMode.EXPLICIT)
                .contains("member[serial='B2']/id = 2\n"));
    }

    @Test
    void aLockedCandidateIsLeftAloneUntilItsHolderCommits() throws RpcException {
        datastores.lock(Datastores.Name.CANDIDATE, new Datastores.Lock(1, "a", Instant.EPOCH));
        edit(name("new"));
        element.admit("B2", 2);
        assertFalse(candidate().contains("B2"));
        datastores.commit(Editor.unrestricted(1), "", Author.NONE, Confirmation.NONE);
        String running = datastores.read(Datastores.Name.RUNNING, DefaultsMode.EXPLICIT);
        assertTrue(running.contains("/name = new\n"), running);
        assertTrue(running.contains("member[serial='B2']/id = 2\n"), running);
    }

    /// A device joins between the look at running and the decision.
    @Test
    void aCommitThatAJoinOvertakesIsPutUponIt() throws RpcException {
        edit(name("new"));
        element.beforeNextCommit(() -> element.admit("B2", 2));
        datastores.commit(Editor.unrestricted(1), "once", Author.NONE, Confirmation.NONE);
        String running = datastores.read(Datastores.Name.RUNNING, DefaultsMode.EXPLICIT);
        assertTrue(running.contains("/name = new\n"), running);
        assertTrue(running.contains("member[serial='B2']/id = 2\n"), running);
    }

    @Test
    void aCommitThatIsOvertakenAgainAndAgainIsRefused() throws RpcException {
        edit(name("new"));
        element.beforeEachCommit(serial -> element.admit("B" + serial, serial));
        assertEquals("stale-base", refusedCommit().appTag());
    }

    @Test
    void whatBothChangedIsNamedWhenTheCandidateIsCommitted() throws RpcException {
        edit(name("ours"));
        Content now = element.snapshot().content();
        element.decide(new Content(now.configuration().replace("name = demo", "name = theirs"), now.secrets()));
        RpcError error = refusedCommit();
        assertEquals("stale-base", error.appTag());
        assertTrue(error.message().contains("/testudo-cluster:cluster/name"));
        datastores.discard(1);
        assertTrue(candidate().contains("name = theirs"));
    }

    @Test
    void aCommitCarriesItsIdTheBaseAndTheSecrets() throws RpcException {
        edit(name("new"));
        datastores.commit(Editor.unrestricted(1), "mine", AUTHOR, Confirmation.NONE);
        Request.Commit commit = (Request.Commit) element.requests().getLast();
        assertEquals("mine", commit.commitId());
        assertEquals(AUTHOR, commit.author());
        assertEquals(1, commit.baseRevision());
        assertTrue(commit.content().secrets().contains(KEY + " = 5a5a"));
        assertFalse(candidate().contains("join-key"));
    }

    @Test
    void aCommitOfNothingAsksNothing() throws RpcException {
        int before = element.requests().size();
        edit(name("demo"));
        datastores.commit(Editor.unrestricted(1), "", Author.NONE, Confirmation.NONE);
        assertEquals(before, element.requests().size());
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID, invalid-value, correct the candidate",
        "STALE_BASE, operation-failed, commit again",
        "NOT_MASTER, operation-failed, the cluster's address",
        "NO_QUORUM, operation-failed, form-alone",
        "OUTCOME_UNKNOWN, operation-failed, commit-status with commit-id mine",
        "IN_PROGRESS, in-use, try again",
        "STORE_FAILED, resource-denied, make room",
    })
    void aRefusedCommitKeepsTheCandidateAndSaysWhatToDo(Answer.Outcome outcome, String tag, String advice)
            throws RpcException {
        edit(name("new"));
        element.answerWith(outcome, "why", "/testudo-cluster:cluster/data-network[name='in']/address");
        RpcError error = refusedCommit();
        assertEquals(tag, error.tag());
        assertEquals(outcome.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), error.appTag());
        assertTrue(error.message().startsWith("why; ") && error.message().contains(advice), error.message());
        assertEquals(
                "/testudo-cluster:cluster/testudo-cluster:data-network[testudo-cluster:name='in']"
                        + "/testudo-cluster:address",
                error.path());
        assertEquals("mine", error.info().get("testudo-cluster:commit-id"));
        assertTrue(candidate().contains("name = new"));
        element.answerWith(Answer.Outcome.OK, "", "");
        datastores.commit(Editor.unrestricted(1), "", Author.NONE, Confirmation.NONE);
        assertTrue(
                datastores.read(Datastores.Name.RUNNING, DefaultsMode.EXPLICIT).contains("name = new"));
    }

    @Test
    void anOlderContentIsLoadedWithTheMembersOfToday() throws RpcException {
        element.admit("B2", 2);
        Content older = element.snapshot().content();
        edit(name("new") + CLUSTER
                + "<member><serial>B2</serial><static-role>standby</static-role></member></cluster>");
        datastores.commit(Editor.unrestricted(1), "", Author.NONE, Confirmation.NONE);
        Content now = element.snapshot().content();
        element.decide(new Content(
                now.configuration()
                        .lines()
                        .filter(line -> !line.contains("'A1'"))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining()),
                ""));
        element.admit("C3", 3);
        edit(name("dropped"));
        datastores.load(Editor.unrestricted(1), older);
        assertTrue(candidate().contains("name = demo"));
        assertTrue(candidate().contains("member[serial='B2']/id = 2\n"));
        assertFalse(candidate().contains("standby"));
        assertFalse(candidate().contains("'A1'"));
        assertTrue(candidate().contains("member[serial='C3']/id = 3\n"));
        datastores.commit(Editor.unrestricted(1), "", Author.NONE, Confirmation.NONE);
        assertTrue(element.snapshot().content().secrets().contains(KEY));
    }

    @Test
    void anOlderContentIsNotLoadedUnderAnothersLock() throws RpcException {
        datastores.lock(Datastores.Name.CANDIDATE, new Datastores.Lock(2, "a", Instant.EPOCH));
        assertThrows(RpcException.class, () -> datastores.load(Editor.unrestricted(1), Content.EMPTY));
    }

    @Test
    void aLockEndsWithItsSessionAndTheEditGoesWithIt() throws RpcException {
        datastores.lock(Datastores.Name.CANDIDATE, new Datastores.Lock(1, "a", Instant.EPOCH));
        edit(name("new"));
        RpcException inUse = assertThrows(RpcException.class, () -> edit(2, name("x"), EditOperation.MERGE));
        assertEquals("in-use", inUse.errors().getFirst().tag());
        datastores.sessionClosed(1);
        assertTrue(candidate().contains("name = demo"));
        edit(2, name("x"), EditOperation.MERGE);
        RpcException denied = assertThrows(
                RpcException.class,
                () -> datastores.lock(Datastores.Name.CANDIDATE, new Datastores.Lock(1, "a", Instant.EPOCH)));
        assertEquals("lock-denied", denied.errors().getFirst().tag());
        assertEquals("0", denied.errors().getFirst().info().get("session-id"));
    }

    @Test
    void anEditThatFailsInItsMiddleChangesNothing() throws RpcException {
        String before = candidate();
        assertThrows(
                RpcException.class, () -> edit(name("new") + CLUSTER + "<active-count>99</active-count></cluster>"));
        assertEquals(before, candidate());
    }

    @Test
    void aReplaceOfEverythingKeepsSecretsAndNothingElse() throws RpcException {
        edit(1, CLUSTER + "<name>only</name></cluster>", EditOperation.REPLACE);
        assertEquals("/testudo-cluster:cluster/name = only\n", candidate());
        datastores.commit(Editor.unrestricted(1), "", Author.NONE, Confirmation.NONE);
        assertTrue(element.snapshot().content().secrets().contains(KEY));
        edit(CLUSTER + "<join-key nc:operation='delete'><serial>B2</serial></join-key></cluster>");
        datastores.commit(Editor.unrestricted(1), "", Author.NONE, Confirmation.NONE);
        assertEquals("", element.snapshot().content().secrets());
    }

    @Test
    void noneGoesThroughWithoutChangingAnything() throws RpcException {
        String before = candidate();
        edit(1, CLUSTER + "<data-network><name>in</name></data-network></cluster>", EditOperation.NONE);
        assertEquals(before, candidate());
        edit(
                1,
                CLUSTER + "<data-network nc:operation='remove'><name>none</name></data-network></cluster>",
                EditOperation.NONE);
        assertEquals(before, candidate());
        edit(1, CLUSTER + "<local-network nc:operation='delete'/></cluster>", EditOperation.NONE);
        assertFalse(candidate().contains("local-network"));
    }
}
