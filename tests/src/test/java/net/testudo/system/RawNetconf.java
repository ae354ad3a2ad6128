package net.testudo.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A NETCONF session octet by octet, through a process of `ssh -s`, in the framing of base 1.0 (RFC 6242 §4.3).
final class RawNetconf implements AutoCloseable {
    static final String END = "]]>]]>";
    private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
    private static final long LIMIT_S = 60;

    /// All that a client sends that ends its session at once.
    static final String ENDING = hello("1.0") + "<rpc message-id='1' xmlns='" + BASE + "'><close-session/></rpc>" + END;

    private final Process ssh;
    private boolean open;

    private RawNetconf(Process ssh) {
        this.ssh = ssh;
    }

    /// Exchanges hellos.
    static RawNetconf begin(Process ssh) {
        return begin(ssh, "1.0");
    }

    /// Exchanges hellos; `version` of the base is 1.0 or 1.1, and decides the framing.
    static RawNetconf begin(Process ssh, String version) {
        RawNetconf session = new RawNetconf(ssh);
        String hello = session.inTime(() -> session.until(END));
        session.open = hello.contains("<session-id>");
        if (session.open) {
            session.send(hello(version));
        }
        return session;
    }

    private static String hello(String version) {
        return "<hello xmlns='" + BASE + "'><capabilities><capability>urn:ietf:params:netconf:base:" + version
                + "</capability></capabilities></hello>" + END;
    }

    /// Whether the server let us in.
    boolean isOpen() {
        return open;
    }

    /// An edit of the candidate.
    static String edit(String config) {
        return edit("set", config);
    }

    static String edit(String testOption, String config) {
        return "<edit-config><target><candidate/></target><test-option>" + testOption + "</test-option><config>"
                + config + "</config></edit-config>";
    }

    static String getConfig(String datastore) {
        return "<get-config><source><" + datastore + "/></source></get-config>";
    }

    /// Part of the cluster's state, by its element.
    static String state(String filter) {
        return "<get><filter type='subtree'><cluster xmlns='urn:testudo:yang:testudo-cluster'>" + filter
                + "</cluster></filter></get>";
    }

    /// Sends an operation.
    ///
    /// @return the reply
    String rpc(String operation) {
        send("<rpc message-id='7' xmlns='" + BASE + "'>" + operation + "</rpc>" + END);
        return inTime(() -> until(END));
    }

    /// Sends an operation that has to succeed.
    void ok(String operation) {
        String reply = rpc(operation);
        assertTrue(reply.contains("<ok"), operation + " was answered: " + reply);
    }

    void send(String text) {
        try {
            ssh.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            ssh.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next notification that says this, whatever comes before it.
    String notification(String text) {
        return inTime(() -> {
            String next = until(END);
            while (!next.contains(text) && next.endsWith(END)) {
                next = until(END);
            }
            return next;
        });
    }

    /// All that comes until the server ends the session.
    String rest() {
        return inTime(() -> {
            try {
                return new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String until(String end) {
        try {
            InputStream in = ssh.getInputStream();
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                got.write(octet);
                if (octet == '>' && got.toString(StandardCharsets.UTF_8).endsWith(end)) {
                    break;
                }
            }
            return got.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A read from a pipe does not end by itself.
    private String inTime(Supplier<String> read) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(read.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.orTimeout(LIMIT_S, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        ssh.destroyForcibly();
    }
}
