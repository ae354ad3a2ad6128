package net.testudo.agent.netconf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.testudo.agent.MemoryElement;
import net.testudo.agent.datastore.TestModels;
import net.testudo.agent.keystore.HostKey;

/// A server on loopback over an element in memory, and the key of its first user.
final class TestServer implements AutoCloseable {
    private static final NetconfLimits LIMITS =
            new NetconfLimits(4, 8, 64 << 10, 160 << 10, 50, 8, 64, Duration.ofSeconds(20), 5, Duration.ofMinutes(1));

    private final Path directory;
    private final NetconfServer server;
    private final int port;
    private final Path key;
    private final MemoryElement element = new MemoryElement();
    private NetconfServer.Listening listening;

    TestServer(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        key = directory.resolve("id");
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        server = new NetconfServer(
                TestModels.PRODUCT,
                element,
                new NetconfServer.Settings(
                        HostKey.generate(), List.of(Files.readString(directory.resolve("id.pub"))), LIMITS));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        listening = listen();
    }

    /// Stops listening, and ends the sessions that came that way.
    void leave() {
        listening.close();
    }

    /// Listens again.
    void listenAgain() throws IOException, InterruptedException {
        listening = listen();
    }

    private NetconfServer.Listening listen() throws IOException, InterruptedException {
        return server.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), NetconfServer.KeyOwner.CLUSTER);
    }

    MemoryElement element() {
        return element;
    }

    NetconfServer server() {
        return server;
    }

    String port() {
        return Integer.toString(port);
    }

    String key() {
        return key.toString();
    }

    /// The public key.
    String publicKey() throws IOException {
        return Files.readString(directory.resolve("id.pub")).strip();
    }

    /// Runs a program to its end.
    ///
    /// @return what it printed
    String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new AssertionError(command[0] + " ended with " + status + ":\n" + output);
        }
        return output;
    }

    /// Begins a session by OpenSSH.
    RawSession ssh() throws IOException {
        return ssh("127.0.0.1");
    }

    /// Begins a session at another address by OpenSSH.
    RawSession ssh(String host) throws IOException {
        return ssh(host, "admin");
    }

    /// Begins a session of `user`, who has the same key, by OpenSSH.
    RawSession ssh(String host, String user) throws IOException {
        return new RawSession(new ProcessBuilder(
                        "ssh",
                        "-s",
                        "-T",
                        "-q",
                        "-i",
                        key(),
                        "-p",
                        port(),
                        "-o",
                        "IdentitiesOnly=yes",
                        "-o",
                        "StrictHostKeyChecking=no",
                        "-o",
                        "UserKnownHostsFile=/dev/null",
                        "-o",
                        "BatchMode=yes",
                        "-F",
                        "/dev/null",
                        user + "@" + host,
                        "netconf")
                .start());
    }

    /// Begins a session of the first user, and configures the users `root`, who is admin and has the key, and `guard`.
    RawSession beginWithUsers() throws IOException {
        RawSession admin = ssh();
        admin.hello("1.0");
        admin.ok(RawSession.edit("<system xmlns='urn:testudo:yang:testudo-system'><user><name>root</name>"
                + "<role>admin</role><authorized-key>" + publicKey() + "</authorized-key></user>"
                + "<user><name>guard</name></user></system>"));
        admin.ok("<commit/>");
        return admin;
    }

    @Override
    public void close() {
        server.close();
    }
}
