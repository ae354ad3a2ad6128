package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Confirmed commits (RFC 6241 §8.4) by OpenSSH.
@Timeout(120)
final class ConfirmedCommitTest {
    private static final String CLUSTER = "urn:testudo:yang:testudo-cluster";
    private static final String NAME = "/testudo-cluster:cluster/name = ";
    private static final String PENDING = "/testudo-revisions:confirmed-commit/";

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
        commit("first", "");
    }

    @AfterEach
    void stop() {
        session.close();
        server.close();
    }

    private void edit(String name) throws IOException {
        session.ok(RawSession.edit("<cluster xmlns='" + CLUSTER + "'><name>" + name + "</name></cluster>"));
    }

    private void commit(String name, String parameters) throws IOException {
        edit(name);
        session.ok("<commit>" + parameters + "</commit>");
    }

    private static String confirmed(int timeoutS) {
        return "<confirmed/><confirm-timeout>" + timeoutS + "</confirm-timeout>";
    }

    private void assertRunning(String name) {
        assertTrue(
                running().configuration().contains(NAME + name + "\n"),
                running().configuration());
    }

    private Content running() {
        return server.element().snapshot().content();
    }

    private void awaitRunning(String name) throws InterruptedException {
        CountDownLatch there = new CountDownLatch(1);
        try (ElementClient.Subscription _ = server.element().addListener(new ElementClient.Listener() {
            @Override
            public void onEvent(ElementEvent event) {}

            @Override
            public void onSnapshot(ElementSnapshot snapshot) {
                if (snapshot.content().configuration().contains(NAME + name + "\n")) {
                    there.countDown();
                }
            }
        })) {
            assertTrue(
                    running().configuration().contains(NAME + name + "\n") || there.await(30, TimeUnit.SECONDS),
                    running().configuration());
        }
        assertFalse(running().secrets().contains(PENDING));
    }

    private String waiting() throws IOException {
        String reply = session.ask("<get><filter><cluster xmlns='" + CLUSTER + "'><history xmlns="
                + "'urn:testudo:yang:testudo-revisions'><pending-commit/></history></cluster></filter></get>");
        return reply.contains("<pending-commit")
                ? reply.replaceAll("^.*<pending-commit[^>]*>|</pending-commit>.*$", "")
                : "";
    }

    @Test
    void aConfirmingCommitKeepsIt() throws IOException {
        commit("second", confirmed(60));
        assertTrue(
                running().secrets().contains(PENDING + "restores = 1\n"),
                running().secrets());
        assertTrue(
                waiting()
                        .matches("<restores>1</restores><user>admin</user><persistent>false</persistent>"
                                + "<session>1</session><remaining>(59|60)</remaining>"),
                waiting());
        session.ok("<commit/>");
        assertRunning("second");
        assertFalse(running().secrets().contains(PENDING));
        assertEquals("", waiting());
    }

    @Test
    void aConfirmingCommitTakesFurtherChangesAlong() throws IOException {
        commit("second", confirmed(60));
        commit("third", "");
        assertRunning("third");
        assertFalse(running().secrets().contains(PENDING));
    }

    @Test
    void withoutAConfirmationItIsUndone() throws IOException, InterruptedException {
        commit("second", confirmed(1));
        awaitRunning("first");
        assertEquals("", waiting());
        assertTrue(session.ask("<get-config><source><candidate/></source></get-config>")
                .contains("<name>first</name>"));
    }

    @Test
    void aFollowUpStartsTheTimeAnewAndKeepsWhatComesBack() throws IOException, InterruptedException {
        commit("second", confirmed(1));
        commit("third", confirmed(60));
        assertTrue(waiting().contains("<restores>1</restores>"), waiting());
        assertTrue(waiting().matches(".*<remaining>(59|60)</remaining>"), waiting());
        commit("fourth", confirmed(1));
        awaitRunning("first");
    }

    @Test
    void itIsUndoneWithItsSession() throws IOException, InterruptedException {
        commit("second", confirmed(600));
        session.close();
        awaitRunning("first");
    }

    @Test
    void itCanBeCancelled() throws IOException {
        commit("second", confirmed(600));
        session.ok("<cancel-commit/>");
        assertRunning("first");
        String nothing = session.ask("<cancel-commit/>");
        assertTrue(nothing.contains("no-confirmed-commit"), nothing);
    }

    @Test
    void aPersistentOneIsConfirmedFromAnotherSession() throws IOException {
        commit("second", confirmed(600) + "<persist>token</persist>");
        session.close();
        try (RawSession other = server.ssh()) {
            other.hello("1.0");
            assertTrue(other.ask("<commit/>").contains("<error-app-tag>confirmed-commit-pending</error-app-tag>"));
            String wrong = other.ask("<commit><persist-id>other</persist-id></commit>");
            assertTrue(wrong.contains("<error-tag>invalid-value</error-tag>"), wrong);
            assertTrue(wrong.contains("<bad-element>persist-id</bad-element>"), wrong);
            assertRunning("second");
            other.ok("<commit><persist-id>token</persist-id></commit>");
            assertRunning("second");
            assertFalse(running().secrets().contains(PENDING));
        }
    }

    /// Another one holds the candidate's lock: that keeps nobody from confirming, as long as nothing of it is taken
    /// along.
    @Test
    void theLockOfAnotherDoesNotKeepItFromBeingConfirmed() throws IOException {
        commit("second", confirmed(600) + "<persist>token</persist>");
        session.ok("<lock><target><candidate/></target></lock>");
        try (RawSession other = server.ssh()) {
            other.hello("1.0");
            other.ok("<commit><persist-id>token</persist-id></commit>");
            assertFalse(running().secrets().contains(PENDING));
            assertTrue(other.ask("<commit/>").contains("in-use"), "a commit of nothing needs the lock");
        }
        commit("third", confirmed(600) + "<persist>token</persist>");
        edit("fourth");
        try (RawSession other = server.ssh()) {
            other.hello("1.0");
            String reply = other.ask("<commit><persist-id>token</persist-id></commit>");
            assertTrue(reply.contains("in-use"), reply);
        }
    }

    @Test
    void aPersistentOneIsCancelledFromAnotherSession() throws IOException {
        commit("second", confirmed(600) + "<persist>token</persist>");
        try (RawSession other = server.ssh()) {
            other.hello("1.0");
            assertTrue(other.ask("<cancel-commit/>").contains("confirmed-commit-pending"));
            other.ok("<cancel-commit><persist-id>token</persist-id></cancel-commit>");
            assertRunning("first");
        }
    }

    @Test
    void othersCommitAndLockNothingMeanwhile() throws IOException {
        commit("second", confirmed(600));
        try (RawSession other = server.ssh()) {
            other.hello("1.0");
            String commit = other.ask("<commit/>");
            assertTrue(commit.contains("<error-tag>in-use</error-tag>"), commit);
            assertTrue(commit.contains("only session 1 of user admin can confirm or cancel it"), commit);
            String lock = other.ask("<lock><target><running/></target></lock>");
            assertTrue(lock.contains("<error-tag>lock-denied</error-tag>"), lock);
            assertTrue(lock.contains("<session-id>1</session-id>"), lock);
            session.ok("<lock><target><running/></target></lock>");
        }
        session.ok("<commit/>");
    }

    @Test
    void locksDoNotKeepItFromBeingUndone() throws IOException, InterruptedException {
        session.ok("<lock><target><running/></target></lock>");
        commit("second", confirmed(2) + "<persist>token</persist>");
        try (RawSession other = server.ssh()) {
            other.hello("1.0");
            other.ok("<lock><target><candidate/></target></lock>");
            awaitRunning("first");
        }
    }

    /// A device that was admitted meanwhile stays a member.
    @Test
    void membersStay() throws IOException, InterruptedException {
        commit("second", confirmed(600));
        server.element().admit("B2", 2);
        session.ok("<cancel-commit/>");
        assertRunning("first");
        assertTrue(
                running().configuration().contains("member[serial='B2']/id = 2\n"),
                running().configuration());
    }

    /// The devices keep so much of older contents, and no more.
    @Test
    void whatIsTooLargeToBeUndoneIsRefused() throws IOException {
        StringBuilder rules = new StringBuilder("<policy xmlns='urn:testudo:yang:testudo-policy'>");
        for (int i = 0; i < 300; i++) {
            rules.append("<rule><name>")
                    .append("r".repeat(50))
                    .append(i)
                    .append("</name><action>accept</action></rule>");
        }
        String edit = RawSession.edit(rules + "</policy>");
        for (int part = 0; part < 5; part++) {
            session.ok(edit.replace("<name>r", "<name>p" + part));
        }
        session.ok("<commit/>");
        session.ok("<edit-config><target><candidate/></target><default-operation>none</default-operation><config>"
                + "<policy xmlns='urn:testudo:yang:testudo-policy' xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'"
                + " nc:operation='delete'/></config></edit-config>");
        String refused = session.ask("<commit>" + confirmed(60) + "</commit>");
        assertTrue(refused.contains("<error-app-tag>too-large-to-undo</error-app-tag>"), refused);
        session.ok("<commit/>");
    }

    @ParameterizedTest
    @CsvSource({
        "<confirm-timeout>5</confirm-timeout>, missing-element",
        "<persist>x</persist>, missing-element",
        "<confirmed/><confirm-timeout>0</confirm-timeout>, invalid-value",
        "<confirmed/><confirm-timeout>4294967296</confirm-timeout>, invalid-value",
        "<confirmed/><confirm-timeout>soon</confirm-timeout>, invalid-value",
        "<confirmed/><persist/>, invalid-value",
        "<persist-id>x</persist-id>, invalid-value"
    })
    void whatMakesNoSenseIsRefused(String parameters, String tag) throws IOException {
        edit("second");
        String reply = session.ask("<commit>" + parameters + "</commit>");
        assertTrue(reply.contains("<error-tag>" + tag + "</error-tag>"), reply);
        assertRunning("first");
    }

    @Test
    void whatTheServerKeepsOfItIsNeitherShownNorEdited() throws IOException {
        commit("second", confirmed(600) + "<persist>token</persist>");
        assertFalse(session.ask("<get/>").contains("token"));
        String edit = session.ask(RawSession.edit("<confirmed-commit xmlns='urn:testudo:yang:testudo-revisions'>"
                + "<timeout>1</timeout></confirmed-commit>"));
        assertTrue(edit.contains("<error-tag>unknown-element</error-tag>"), edit);
    }
}
