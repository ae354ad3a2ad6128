package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A NETCONF session octet by octet, through `ssh -s`.
final class RawSession implements AutoCloseable {
    static final String EOM = "]]>]]>";
    private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";

    private final Process ssh;
    private final InputStream in;

    RawSession(Process ssh) {
        this.ssh = ssh;
        in = ssh.getInputStream();
    }

    /// Exchanges hellos; `version` is 1.0 or 1.1, and decides the framing.
    String hello(String version) throws IOException {
        send("<hello xmlns='" + BASE + "'><capabilities><capability>urn:ietf:params:netconf:base:" + version
                + "</capability></capabilities></hello>" + EOM);
        return until(EOM);
    }

    /// Exchanges hellos and one request, after which the session is up for sure.
    void begin(String version) throws IOException {
        hello(version);
        String get = rpc("<get-schema xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'/>");
        boolean chunks = version.equals("1.1");
        send(chunks ? chunked(get) : get + EOM);
        until(chunks ? "\n##\n" : EOM);
    }

    static String rpc(String operation) {
        return "<rpc message-id='7' xmlns='" + BASE + "'>" + operation + "</rpc>";
    }

    static String chunked(String message) {
        return "\n#" + message.getBytes(StandardCharsets.UTF_8).length + "\n" + message + "\n##\n";
    }

    void send(String text) throws IOException {
        ssh.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        ssh.getOutputStream().flush();
    }

    /// What the server sends until `end`, or until it closes.
    String until(String end) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        int octet = in.read();
        while (octet >= 0) {
            got.write(octet);
            if (octet == end.charAt(end.length() - 1)
                    && got.toString(StandardCharsets.UTF_8).endsWith(end)) {
                break;
            }
            octet = in.read();
        }
        return got.toString(StandardCharsets.UTF_8);
    }

    /// Sends an operation in the framing of base 1.0, and waits for what comes then.
    ///
    /// @return the reply, without the end and without space between elements
    String ask(String operation) throws IOException {
        send(rpc(operation) + EOM);
        return until(EOM).replace(EOM, "").replaceAll(">\\s+<", "><");
    }

    /// The same, and the reply says that it is done.
    void ok(String operation) throws IOException {
        String reply = ask(operation);
        assertTrue(reply.contains("<ok/>"), reply);
    }

    /// The operation that edits the candidate.
    static String edit(String config) {
        return "<edit-config><target><candidate/></target><config>" + config + "</config></edit-config>";
    }

    /// All that comes until the server closes the session.
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        ssh.destroy();
    }
}
