package net.testudo.lab.orchestrators;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.testudo.lab.Lab;
import net.testudo.lab.LabException;
import net.testudo.lab.Network;
import net.testudo.lab.Topology;
import net.testudo.lab.cluster.NetconfClient;
import net.testudo.lab.cluster.Secrets;

/// A NETCONF session at the cluster's address through OpenSSH, in the framing of base 1.0, which may be lost at any
/// moment.
final class WireSession implements AutoCloseable {
    /// Longer than any operation may take (a commit waits 30 s for its outcome).
    static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private static final String END = "]]>]]>";
    private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
    private static final String HELLO = "<hello xmlns='" + BASE + "'><capabilities><capability>"
            + "urn:ietf:params:netconf:base:1.0</capability></capabilities></hello>" + END;

    private final Process ssh;
    private final BlockingQueue<Optional<String>> messages = new LinkedBlockingQueue<>();

    private WireSession(Process ssh) {
        this.ssh = ssh;
        Thread.ofVirtual().name("netconf-reader").start(this::read);
    }

    /// Tries to begin a session.
    ///
    /// @return empty if the server does not let it in
    static Optional<WireSession> begin(Lab lab, Secrets secrets, String name) {
        List<String> command = List.of(
                "ssh",
                "-s",
                "-T",
                "-q",
                "-F",
                "/dev/null",
                "-i",
                secrets.sshKey().toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "BatchMode=yes",
                "-o",
                "ConnectTimeout=5",
                "-o",
                "ServerAliveInterval=2",
                "-o",
                "ServerAliveCountMax=2",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-p",
                Integer.toString(NetconfClient.PORT),
                Secrets.USER + "@" + Network.INSIDE.address(Topology.CLUSTER_HOST),
                "netconf");
        WireSession session =
                new WireSession(lab.startPiped(name, lab.topology().nms(), command));
        if (session.next("hello")
                        .filter(hello -> hello.contains("<session-id>"))
                        .isPresent()
                && session.send(HELLO)) {
            return Optional.of(session);
        }
        session.close();
        return Optional.empty();
    }

    private void read() {
        StringBuilder text = new StringBuilder();
        byte[] octets = new byte[8192];
        try (InputStream in = ssh.getInputStream()) {
            for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
                text.append(new String(octets, 0, count, StandardCharsets.ISO_8859_1));
                for (int end = text.indexOf(END); end >= 0; end = text.indexOf(END)) {
                    messages.add(Optional.of(text.substring(0, end)));
                    text.delete(0, end + END.length());
                }
            }
        } catch (IOException _) {
            text.setLength(0);
        }
        messages.add(Optional.empty());
    }

    private boolean send(String text) {
        try {
            ssh.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            ssh.getOutputStream().flush();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// The next message, or empty if the session is lost.
    ///
    /// @throws LabException if nothing happens at all
    private Optional<String> next(String what) {
        try {
            Optional<String> message = messages.poll(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (message == null) {
                throw new LabException("a session hangs: no answer in " + ANSWER_LIMIT.toSeconds() + " s to " + what);
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting for the answer to " + what, e);
        }
    }

    private static String rpc(String operation) {
        return "<rpc message-id='1' xmlns='" + BASE + "'>" + operation + "</rpc>" + END;
    }

    /// Asks.
    ///
    /// @return the reply, or empty if the session is lost
    Optional<String> ask(String operation) {
        return send(rpc(operation)) ? next(operation) : Optional.empty();
    }

    /// Asks, and dies before an answer can come.
    void askAndDie(String operation) {
        send(rpc(operation));
        close();
    }

    /// Ends without a word, as if the client had died.
    @Override
    public void close() {
        ssh.destroyForcibly();
    }
}
