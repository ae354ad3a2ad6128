package net.testudo.agent.netconf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import net.testudo.agent.ElementClient;
import net.testudo.agent.access.AccessControl;
import net.testudo.agent.datastore.ContentView;
import net.testudo.agent.datastore.Datastores;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.PendingCommits;
import net.testudo.agent.keystore.HostKey;
import net.testudo.agent.northbound.netconfserver.NetconfServerConfig;
import net.testudo.agent.northbound.netconfserver.TlsParameters;
import net.testudo.agent.northbound.netconfserver.TransportRule;
import net.testudo.agent.northbound.system.SystemConfig;
import net.testudo.agent.northbound.system.Users;
import net.testudo.agent.northbound.yanglib.YangLibrary;
import net.testudo.agent.transport.TlsServer;
import org.opendaylight.netconf.transport.api.TransportStack;
import org.opendaylight.netconf.transport.ssh.SSHTransportStackFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The NETCONF server of a device: one set of datastores and sessions, any number of listening addresses.
public final class NetconfServer implements AutoCloseable {
    /// The port of NETCONF over SSH (RFC 6242).
    public static final int PORT = 830;

    /// The port of NETCONF over TLS (RFC 7589).
    static final int TLS_PORT = 6513;

    private static final Logger LOG = LoggerFactory.getLogger(NetconfServer.class);
    private static final int EVENT_LOOPS = 2;

    /// What the server is made with.
    ///
    /// @param deviceKey the device's own host key, as text; secret
    /// @param adminKeys lines of OpenSSH public key files for the user `admin`, who may manage the device while no
    ///     configured user is admin
    /// @param limits what clients may take
    public record Settings(String deviceKey, List<String> adminKeys, NetconfLimits limits) {
        @Override
        public String toString() {
            return "Settings[" + limits + "]";
        }
    }

    /// Whose key a listening address shows.
    public enum KeyOwner {
        /// The device's own, which never changes: for the device's management address.
        DEVICE,
        /// The cluster's, once one is configured, so that the next master shows the same: for the cluster's address.
        CLUSTER
    }

    private final NetconfLimits limits;
    private final Users users;
    private final EventStream events;
    private final Sessions sessions;
    private final ConfirmedCommits confirmed;
    private final Connections connections;
    private final SshTransport ssh;
    private final TlsTransport tls;
    private final ContentView<TlsOffers> offers;
    private final SSHTransportStackFactory transports = new SSHTransportStackFactory("netconf", EVENT_LOOPS);
    private final ExecutorService hashing;
    private final ExecutorService handshakes = Executors.newVirtualThreadPerTaskExecutor();

    /// Makes the server; it listens nowhere yet.
    ///
    /// @param models the YANG modules
    /// @param element has published its first state
    /// @throws IOException if the device's host key is none
    public NetconfServer(Models models, ElementClient element, Settings settings) throws IOException {
        limits = settings.limits();
        hashing = new ThreadPoolExecutor(
                0,
                1,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(limits.connections()),
                task -> Thread.ofPlatform().name("netconf-login").daemon().unstarted(task));
        KeyPair deviceKey = HostKey.parse(settings.deviceKey())
                .orElseThrow(() -> new IOException("the device's host key, as the element tells it, is none: remove"
                        + " ssh-host-key from the state directory, and another one is made at the next start"));
        users = new Users(() -> element.snapshot().content(), settings.adminKeys());
        PendingCommits commits = new PendingCommits(models, element, System::nanoTime);
        Datastores datastores = new Datastores(models, element, SystemConfig::missing, new TransportRule(), commits);
        events = new EventStream(models, element, InstantSource.system());
        sessions = new Sessions(datastores, events);
        confirmed = new ConfirmedCommits(element, commits, sessions::isOpen);
        sessions.whenClosed(confirmed::look);
        AccessControl control =
                new AccessControl(models, () -> element.snapshot().content());
        YangLibrary library = new YangLibrary(models, NmdaDatastore.names());
        Set<String> capabilities = Capabilities.of(models, library);
        MonitoringState monitoring = new MonitoringState(models, capabilities, sessions, datastores);
        Operations operations = new Operations(
                new ServerParts(element, models, datastores, commits, users, control, sessions, events),
                new StateLines(element, confirmed, control, events, monitoring, library),
                limits.depth());
        LoginThrottle throttle = new LoginThrottle(limits);
        connections = new Connections(users, sessions, operations, capabilities, limits);
        ssh = new SshTransport(transports, connections, users, limits, throttle, hashing, deviceKey);
        tls = new TlsTransport(transports, connections, users, limits, throttle, handshakes);
        offers = new ContentView<>(
                "what is said of transports", () -> element.snapshot().content(), TlsOffers::of, TlsOffers.NONE);
    }

    /// Listens for clients over SSH on one more address.
    ///
    /// @param address an address of the device
    /// @return ends the listening and the sessions that came this way
    /// @throws IOException if the address cannot be listened on
    public Listening listen(InetSocketAddress address, KeyOwner owner) throws IOException, InterruptedException {
        TransportStack stack = ssh.listen(address, owner);
        LOG.info("NETCONF listens on {}", address);
        return new Listening(stack, address, "");
    }

    /// Listens for clients over TLS on one more address, as the endpoint of this name is configured at the moment of
    /// each connection.
    Listening listenTls(InetSocketAddress address, String endpoint) throws IOException, InterruptedException {
        TransportStack stack = tls.listen(address, () -> offers.now().endpoint(endpoint));
        LOG.info("NETCONF over TLS listens on {}", address);
        return new Listening(stack, address, endpoint);
    }

    /// From a connection to its session.
    Duration loginTime() {
        return limits.loginTime().plus(Negotiator.HELLO_TIME);
    }

    /// What is configured of transports.
    NetconfServerConfig transports() {
        return offers.now().config();
    }

    /// Calls a client.
    ///
    /// @param call is told of the connection and its end
    /// @param from an address of this device
    /// @param maxWait for the connection
    /// @param parameters of TLS; empty: SSH
    /// @param idleTimeout of the session; zero: none
    void call(
            OutgoingCall call,
            InetAddress from,
            InetSocketAddress client,
            Duration maxWait,
            Optional<TlsParameters> parameters,
            Duration idleTimeout)
            throws InterruptedException {
        if (parameters.isEmpty()) {
            ssh.call(call, from, client, maxWait, SessionTransport.ssh(idleTimeout));
            return;
        }
        Optional<TlsServer> server = offers.now().server(parameters.get());
        if (server.isEmpty()) {
            call.end("its certificates cannot be used");
        } else {
            tls.call(
                    call,
                    from,
                    client,
                    maxWait,
                    new TlsTransport.Offer(server.get(), SessionTransport.tls(idleTimeout)));
        }
    }

    /// A listening address.
    public final class Listening implements AutoCloseable {
        private final TransportStack stack;
        private final InetSocketAddress address;
        private final String name;

        private Listening(TransportStack stack, InetSocketAddress address, String name) {
            this.stack = stack;
            this.address = address;
            this.name = name;
        }

        /// The endpoint as configured; empty for SSH.
        String name() {
            return name;
        }

        /// Ends the sessions that came this way, for example because another device answers at the address now.
        public void endSessions() {
            connections.closeSilent(address);
            sessions.all().stream().filter(session -> session.isAt(address)).forEach(NetconfSession::end);
        }

        @Override
        public void close() {
            endSessions();
            try {
                stack.shutdown().get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                LOG.warn("a listening address did not close", e);
            }
        }
    }

    /// Ends all sessions and stops listening.
    @Override
    public void close() {
        confirmed.close();
        events.close();
        sessions.endAll();
        transports.close();
        connections.close();
        handshakes.shutdown();
        hashing.shutdown();
    }
}
