package net.testudo.agent.management;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.testudo.agent.ClusterAccess;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The element's end: a Unix socket that only this user may connect to. An agent that is slow, hangs or is killed holds
/// up nobody; events that do not fit into its bounded queue are lost for it. Events that none has dealt with are told
/// to the next one, so that the management stations hear of what happened while there was no agent.
public final class ManagementServer implements ElementClient.Listener, AutoCloseable {
    /// Agents at a time; more are turned away.
    static final int AGENTS_MAX = 4;

    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

    private final Path path;
    private final ServerSocketChannel socket;
    private final ElementClient element;
    private final Set<AgentConnection> connections = ConcurrentHashMap.newKeySet();
    private final UnhandledEvents unhandled = new UnhandledEvents();
    private volatile ClusterAccess access = ClusterAccess.NONE;
    private volatile ElementClient.@Nullable Subscription subscription;

    private ManagementServer(Path path, ServerSocketChannel socket, ElementClient element) {
        this.path = path;
        this.socket = socket;
        this.element = element;
    }

    /// Listens.
    ///
    /// @param path of the socket, in a directory that this process alone uses; what is there is replaced
    /// @throws IOException if the socket cannot be made; says what to do
    public static ManagementServer start(Path path, ElementClient element) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            Files.deleteIfExists(path);
            socket.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "the socket " + path + " cannot be made: " + e.getMessage()
                            + "; its path may have about 100 characters, choose a shorter state directory",
                    e);
        }
        ManagementServer server = new ManagementServer(path, socket, element);
        server.subscription = element.addListener(server);
        Thread.ofPlatform().name("management-accept").daemon().start(server::accept);
        return server;
    }

    /// What agents may serve at the cluster address from now on.
    public void onClusterAccess(ClusterAccess now) {
        access = now;
        connections.forEach(connection -> connection.onClusterAccess(now));
    }

    @Override
    public void onEvent(ElementEvent event) {
        synchronized (unhandled) {
            unhandled.add(event);
            connections.forEach(connection -> connection.onEvent(event));
        }
    }

    @Override
    public void onSnapshot(ElementSnapshot snapshot) {
        connections.forEach(connection -> connection.onSnapshot(snapshot));
    }

    private void onHandled(String event) {
        synchronized (unhandled) {
            unhandled.removeUpTo(event);
        }
    }

    private void accept() {
        while (socket.isOpen()) {
            try {
                welcome(socket.accept());
            } catch (IOException e) {
                if (socket.isOpen()) {
                    LOG.warn("an agent could not connect: {}", e.getMessage());
                }
            }
        }
    }

    private void welcome(SocketChannel from) throws IOException {
        if (connections.size() >= AGENTS_MAX) {
            LOG.warn("an agent is turned away: {} are connected", AGENTS_MAX);
            from.close();
            return;
        }
        AgentConnection connection = new AgentConnection(new MessageChannel(from), element, this::onHandled);
        synchronized (unhandled) {
            unhandled.inOrder().forEach(connection::onEvent);
            connections.add(connection);
        }
        // What changes from here on is told by the callbacks; the newest of each is what counts.
        connection.onSnapshot(element.snapshot());
        connection.onClusterAccess(access);
        connection.start(connections::remove);
    }

    @Override
    public void close() {
        ElementClient.Subscription current = subscription;
        if (current != null) {
            current.close();
        }
        try {
            socket.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("the socket {} was not closed in order", path, e);
        }
        connections.forEach(AgentConnection::close);
    }
}
