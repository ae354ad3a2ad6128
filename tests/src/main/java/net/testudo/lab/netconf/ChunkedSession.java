package net.testudo.lab.netconf;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.opendaylight.netconf.shaded.sshd.client.SshClient;
import org.opendaylight.netconf.shaded.sshd.client.channel.ChannelSubsystem;
import org.opendaylight.netconf.shaded.sshd.client.session.ClientSession;
import org.opendaylight.netconf.shaded.sshd.core.CoreModuleProperties;

/// A NETCONF session over SSH in the framing of base 1.1 (RFC 6242 §4.2), without Nagle's algorithm. Of a reply only
/// the beginning is kept.
final class ChunkedSession implements AutoCloseable {
    /// So much of a reply is kept: its errors stand at its beginning.
    private static final int KEPT_OCTETS = 2048;

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String END = "]]>]]>";
    private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
    private static final String HELLO = "<hello xmlns='" + BASE + "'><capabilities><capability>"
            + "urn:ietf:params:netconf:base:1.0</capability><capability>urn:ietf:params:netconf:base:1.1</capability>"
            + "</capabilities></hello>" + END;

    private final ClientSession ssh;
    private final InputStream in;
    private final OutputStream out;

    private ChunkedSession(ClientSession ssh, InputStream in, OutputStream out) {
        this.ssh = ssh;
        this.in = in;
        this.out = out;
    }

    /// What begins all sessions of this process.
    static SshClient client() {
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier((_, _, _) -> true);
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        client.start();
        return client;
    }

    /// Begins a session.
    ///
    /// @throws IOException if the server does not let it in
    static ChunkedSession begin(SshClient client, String address, int port, String user, String password)
            throws IOException {
        ClientSession ssh = client.connect(user, address, port).verify(LIMIT).getSession();
        ssh.addPasswordIdentity(password);
        ssh.auth().verify(LIMIT);
        ChannelSubsystem channel = ssh.createSubsystemChannel("netconf");
        channel.open().verify(LIMIT);
        ChunkedSession session =
                new ChunkedSession(ssh, new BufferedInputStream(channel.getInvertedOut()), channel.getInvertedIn());
        session.hello();
        return session;
    }

    private void hello() throws IOException {
        out.write(HELLO.getBytes(StandardCharsets.UTF_8));
        out.flush();
        StringBuilder text = new StringBuilder();
        while (text.indexOf(END) < 0) {
            text.append((char) octet());
        }
    }

    /// Sends an operation and waits for the reply.
    ///
    /// @return the octets of the reply
    /// @throws IOException with the reply, if it is an error
    long ask(String operation) throws IOException {
        byte[] rpc =
                ("<rpc message-id='1' xmlns='" + BASE + "'>" + operation + "</rpc>").getBytes(StandardCharsets.UTF_8);
        out.write(("\n#" + rpc.length + "\n").getBytes(StandardCharsets.US_ASCII));
        out.write(rpc);
        out.write("\n##\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        ByteArrayOutputStream kept = new ByteArrayOutputStream(KEPT_OCTETS);
        byte[] octets = new byte[8192];
        long total = 0;
        for (long chunk = chunk(); chunk > 0; chunk = chunk()) {
            total += chunk;
            while (chunk > 0) {
                int count = in.read(octets, 0, (int) Math.min(octets.length, chunk));
                if (count < 0) {
                    throw new EOFException("the session ended in a reply");
                }
                kept.write(octets, 0, Math.min(count, KEPT_OCTETS - kept.size()));
                chunk -= count;
            }
        }
        String begin = kept.toString(StandardCharsets.UTF_8);
        if (begin.contains("rpc-error>")) {
            throw new IOException(begin.replace('\n', ' '));
        }
        return total;
    }

    /// The size of the next chunk; 0 at the end of the message.
    private long chunk() throws IOException {
        if (octet() != '\n' || octet() != '#') {
            throw new IOException("the framing is broken");
        }
        long size = 0;
        int next = octet();
        if (next == '#') {
            next = octet();
        }
        for (; next != '\n'; next = octet()) {
            size = 10 * size + Character.digit(next, 10);
        }
        return size;
    }

    private int octet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("the session ended");
        }
        return octet;
    }

    @Override
    public void close() throws IOException {
        ssh.close(true).await(LIMIT);
    }
}
