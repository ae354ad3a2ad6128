package net.testudo.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import net.testudo.lab.Commands;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a manager does wrong at a real device: it is told so, nothing changes, and other sessions go on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestIT {
    private static final String WRONG = "wrong-secret-1";
    private static final String NCCLIENT = """
            import sys, warnings
            warnings.filterwarnings("ignore")
            from ncclient import manager
            host, user, password = sys.argv[1:]
            try:
                with manager.connect(host=host, port=830, username=user, password=password, hostkey_verify=False,
                                     allow_agent=False, look_for_keys=False, timeout=20) as session:
                    print("in", session.connected)
            except Exception as error:
                print(type(error).__name__)
            """;
    private static final String NO_NAME = """
            <cluster xmlns="urn:testudo:yang:testudo-cluster" xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0">
              <name nc:operation="delete"/>
            </cluster>
            """;

    private final DeviceLab lab = DeviceLab.open(1);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private RawNetconf witness;

    @BeforeAll
    void formCluster() {
        lab.start(1);
        witness = lab.form(List.of());
    }

    @AfterEach
    void theOtherSessionLivesOn() {
        assertTrue(witness.rpc(RawNetconf.getConfig("running")).contains("<name>bad-input</name>"));
        assertTrue(lab.process(1).alive());
        assertFalse(lab.log(1).contains("our own fault"), () -> lab.log(1));
        assertFalse(lab.log(1).contains("Exception"), () -> lab.log(1));
    }

    @AfterAll
    void closeLab() {
        witness.close();
        lab.close();
    }

    private Commands.Outcome sshWithPassword(String user, String password) {
        Path script = DeviceLab.write(lab.lab().directory().resolve("password"), "#!/bin/sh\necho " + password + "\n");
        assertTrue(script.toFile().setExecutable(true));
        List<String> command =
                new java.util.ArrayList<>(List.of("env", "SSH_ASKPASS=" + script, "SSH_ASKPASS_REQUIRE=force"));
        command.addAll(lab.ssh(
                1, user, List.of("-o", "PreferredAuthentications=password", "-o", "NumberOfPasswordPrompts=1")));
        return Commands.attempt(
                Commands.inNamespace(lab.topology().nms(), command), RawNetconf.ENDING, DeviceLab.LIMIT);
    }

    private String ncclient(String user, String password) {
        List<String> command =
                List.of("/usr/bin/python3", "-c", NCCLIENT, lab.topology().managementAddress(1), user, password);
        return lab.lab().run(lab.topology().nms(), command).strip();
    }

    @Test
    void theRightPasswordLetsIn() {
        assertEquals("in True", ncclient(DeviceLab.OPERATOR, DeviceLab.PASSWORD));
        Commands.Outcome ssh = sshWithPassword(DeviceLab.OPERATOR, DeviceLab.PASSWORD);
        assertTrue(ssh.output().contains("<session-id>"), ssh.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {DeviceLab.OPERATOR, "nobody"})
    void aWrongPasswordAndAnUnknownUserAreRefusedAndTheLogNamesThemWithoutTheSecret(String user) {
        assertEquals("AuthenticationError", ncclient(user, WRONG));
        Commands.Outcome ssh = sshWithPassword(user, WRONG);
        assertEquals(255, ssh.status(), ssh.toString());
        assertTrue(ssh.error().contains("Permission denied"), ssh.toString());
        lab.awaitLog(1, "log-in of " + user + " from ");
        assertFalse(lab.log(1).contains(WRONG));
        assertFalse(lab.log(1).contains(DeviceLab.PASSWORD));
    }

    @Test
    void aKeyThatNobodyKnowsIsRefusedAndTheLogNamesTheUser() {
        Path stranger = lab.lab().directory().resolve("stranger");
        Commands.run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", stranger.toString()));
        try (RawNetconf refused = lab.netconf(1, "admin", stranger)) {
            assertFalse(refused.isOpen());
        }
        lab.awaitLog(1, "log-in of admin from ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "this is no XML" + RawNetconf.END,
                "<rpc>" + RawNetconf.END,
                "<rpc message-id='7'><get/></" + RawNetconf.END
            })
    void whatIsNoXmlIsAMalformedMessage(String garbage) {
        try (RawNetconf session = lab.netconf(1)) {
            session.ok("<lock><target><candidate/></target></lock>");
            session.send(garbage);
            String rest = session.rest();
            assertTrue(rest.contains("<error-tag>malformed-message</error-tag>"), rest);
        }
        // Its lock ended with it.
        witness.ok("<lock><target><candidate/></target></lock>");
        witness.ok("<unlock><target><candidate/></target></unlock>");
    }

    @Test
    void aMessageThatNeverEndsIsCutOffAtTheLimit() {
        try (RawNetconf session = lab.netconf(1)) {
            String part = "x".repeat(1 << 20);
            session.send("<rpc message-id='7'>");
            for (int i = 0; i < 4; i++) {
                session.send(part);
            }
            String rest = session.rest();
            assertTrue(rest.contains("<error-tag>malformed-message</error-tag>"), rest);
            assertTrue(rest.contains("larger than 4194304 octets"), rest);
        }
    }

    @Test
    void framingOfBase10InASessionOfBase11EndsIt() {
        try (RawNetconf open = lab.netconf(1)) {
            assertTrue(open.isOpen());
        }
        List<String> command = lab.ssh(
                1,
                "admin",
                List.of("-i", lab.lab().directory().resolve("ssh-key").toString(), "-o", "BatchMode=yes"));
        try (RawNetconf session =
                RawNetconf.begin(lab.lab().startPiped("ssh", lab.topology().nms(), command), "1.1")) {
            session.send("<rpc message-id='7'/>" + RawNetconf.END);
            String rest = session.rest();
            assertTrue(rest.contains("malformed-message"), rest);
        }
    }

    @Test
    void halfAMessageIsForgottenWithItsConnection() {
        String before = witness.rpc(RawNetconf.getConfig("candidate"));
        RawNetconf session = lab.netconf(1);
        String whole = RawNetconf.edit("<cluster xmlns='urn:testudo:yang:testudo-cluster'><name>half</name></cluster>");
        session.send("<rpc message-id='7' xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'>"
                + whole.substring(0, whole.length() - 5));
        session.close();
        assertEquals(before, witness.rpc(RawNetconf.getConfig("candidate")));
    }

    private static void assertNameMissing(String reply) {
        assertTrue(reply.contains("<error-tag>operation-failed</error-tag>"), reply);
        assertTrue(reply.contains("<error-app-tag>name-missing</error-app-tag>"), reply);
        assertTrue(reply.contains(">/testudo-cluster:cluster/testudo-cluster:enabled</error-path>"), reply);
        assertTrue(reply.contains(">a cluster needs a name: set /cluster/name</error-message>"), reply);
    }

    @Test
    void anEditThatBreaksAMustChangesNothingWhenItIsTested() {
        String before = witness.rpc(RawNetconf.getConfig("candidate"));
        assertNameMissing(witness.rpc(RawNetconf.edit("test-then-set", NO_NAME)));
        assertEquals(before, witness.rpc(RawNetconf.getConfig("candidate")));
    }

    @Test
    void aCommitThatBreaksAMustLeavesRunningAndKeepsTheCandidate() {
        String running = witness.rpc(RawNetconf.getConfig("running"));
        witness.ok(RawNetconf.edit(NO_NAME));
        String candidate = witness.rpc(RawNetconf.getConfig("candidate"));
        assertNotEquals(running, candidate);
        assertNameMissing(witness.rpc("<validate><source><candidate/></source></validate>"));
        assertNameMissing(witness.rpc("<commit/>"));
        assertEquals(running, witness.rpc(RawNetconf.getConfig("running")));
        assertEquals(candidate, witness.rpc(RawNetconf.getConfig("candidate")));
        witness.ok("<discard-changes/>");
        assertEquals(running, witness.rpc(RawNetconf.getConfig("candidate")));
    }
}
