package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages that nobody means, over OpenSSH: each is answered or ends its session, never by an internal error, and
/// another session does not notice. `-Dfuzz.messages=100000 -Dfuzz.seed=7` for more and others.
final class MessageFuzzTest {
    private static final int COUNT = Integer.getInteger("fuzz.messages", 600);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int BETWEEN_CHECKS = 100;
    private static final String CLUSTER = "<cluster xmlns='urn:testudo:yang:testudo-cluster'>";

    private static final List<String> OPERATIONS = List.of(
            "<get-config><source><running/></source><filter type='subtree'>" + CLUSTER + "<name/></cluster></filter>"
                    + "</get-config>",
            "<edit-config><target><candidate/></target><default-operation>merge</default-operation><config>" + CLUSTER
                    + "<name>x</name><member><serial>A1</serial></member><timing><dead-time>100</dead-time></timing>"
                    + "</cluster></config></edit-config>",
            "<edit-config><target><candidate/></target><error-option>continue-on-error</error-option><config>"
                    + "<policy xmlns='urn:testudo:yang:testudo-policy' xmlns:y='urn:ietf:params:xml:ns:yang:1'>"
                    + "<rule y:insert='before' y:key=\"[name='a']\"><name>b</name><action>accept</action></rule>"
                    + "</policy></config></edit-config>",
            "<copy-config><target><candidate/></target><source><running/></source></copy-config>",
            "<commit><confirmed/><confirm-timeout>60</confirm-timeout><persist>a</persist></commit>",
            "<cancel-commit><persist-id>a</persist-id></cancel-commit>",
            "<validate><source><candidate/></source></validate>",
            "<discard-changes/>",
            "<get-data xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-nmda' xmlns:d='urn:ietf:params:xml:ns:yang:"
                    + "ietf-datastores'><datastore>d:operational</datastore><max-depth>2</max-depth></get-data>",
            "<explain-access xmlns='urn:testudo:yang:testudo-access'><rpc>ietf-netconf:get</rpc></explain-access>",
            "<get-schema xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'><identifier>testudo-types"
                    + "</identifier></get-schema>",
            "<get-revision xmlns='urn:testudo:yang:testudo-revisions'><number>1</number></get-revision>");

    @TempDir
    private Path directory = Path.of("");

    private final SplittableRandom random = new SplittableRandom(SEED);

    /// Changes names, values and attributes; what stands in angle brackets stays well-formed, most of the time.
    private String mutated(String operation) {
        StringBuilder text = new StringBuilder(operation);
        for (int i = random.nextInt(4); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> replaceName(text, at);
                case 1 -> replaceText(text, at);
                case 2 -> wrap(text);
                case 3 -> dropElement(text, at);
                default -> {
                    if (random.nextInt(8) == 0) {
                        text.setCharAt(at, (char) (32 + random.nextInt(96)));
                    }
                }
            }
        }
        return text.toString();
    }

    private static int nameAt(StringBuilder text, int from) {
        int at = text.indexOf("<", from);
        return at >= 0 && at + 1 < text.length() && Character.isLetter(text.charAt(at + 1)) ? at + 1 : -1;
    }

    private static String name(StringBuilder text, int at) {
        int end = at;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        return text.substring(at, end);
    }

    private void replaceName(StringBuilder text, int from) {
        int at = nameAt(text, from);
        if (at >= 0) {
            String old = name(text, at);
            String[] names = {"name", "config", "nonsense", "rule", "running", "candidate", "persist", "member"};
            String other = names[random.nextInt(names.length)];
            String changed = text.toString().replace("<" + old, "<" + other).replace("</" + old, "</" + other);
            text.setLength(0);
            text.append(changed);
        }
    }

    private void replaceText(StringBuilder text, int from) {
        int at = text.indexOf(">", from);
        int end = at < 0 ? -1 : text.indexOf("<", at);
        if (end > at) {
            String[] values = {"", "-1", "99999999999999999999", "x".repeat(300), "&#x1F422;", "a b", "''", "/", "$USER"
            };
            text.replace(at + 1, end, values[random.nextInt(values.length)]);
        }
    }

    private void wrap(StringBuilder text) {
        int levels = random.nextInt(3) == 0 ? 120 : 1;
        text.insert(0, "<deep>".repeat(levels)).append("</deep>".repeat(levels));
    }

    private static void dropElement(StringBuilder text, int from) {
        int at = nameAt(text, from);
        if (at >= 0) {
            String close = "</" + name(text, at) + ">";
            int end = text.indexOf(close, at);
            if (end > at) {
                text.delete(at - 1, end + close.length());
            }
        }
    }

    private static String ask(RawSession session, String message) throws IOException {
        session.send(message + RawSession.EOM);
        return session.until(RawSession.EOM);
    }

    @Test
    void messagesAreAnsweredOrEndTheirSession() throws IOException, InterruptedException {
        int ended = 0;
        try (TestServer server = new TestServer(directory);
                RawSession witness = server.ssh()) {
            witness.hello("1.0");
            RawSession session = server.ssh();
            session.hello("1.0");
            for (int i = 0; i < COUNT; i++) {
                String message = RawSession.rpc(mutated(OPERATIONS.get(random.nextInt(OPERATIONS.size()))));
                String reply = ask(session, message);
                String about = "seed " + SEED + ", number " + i + ": " + message + "\n" + reply;
                assertFalse(reply.contains("internal-error"), about);
                if (!reply.endsWith(RawSession.EOM) || reply.contains("malformed-message")) {
                    ended++;
                    session.close();
                    session = server.ssh();
                    session.hello("1.0");
                } else {
                    assertTrue(reply.contains("rpc-reply"), about);
                }
                if (i % BETWEEN_CHECKS == 0) {
                    String seen = ask(witness, RawSession.rpc("<get-config><source><running/></source></get-config>"));
                    assertTrue(seen.contains("<data"), seen);
                }
            }
            session.close();
        }
        assertTrue(ended < COUNT / 2, ended + " sessions ended: most messages should get as far as an operation");
    }
}
