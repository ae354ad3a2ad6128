package net.testudo.agent.netconf;

import com.google.common.util.concurrent.ListenableFuture;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
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
import net.testudo.agent.datastore.Datastores;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.PendingCommits;
import net.testudo.agent.keystore.HostKey;
import net.testudo.agent.northbound.system.SystemConfig;
import net.testudo.agent.northbound.system.Users;
import net.testudo.agent.northbound.yanglib.YangLibrary;
import org.opendaylight.netconf.codec.FrameDecoder;
import org.opendaylight.netconf.common.di.DefaultNetconfTimer;
import org.opendaylight.netconf.nettyutil.AbstractChannelInitializer;
import org.opendaylight.netconf.transport.api.TransportChannel;
import org.opendaylight.netconf.transport.api.TransportChannelListener;
import org.opendaylight.netconf.transport.api.TransportStack;
import org.opendaylight.netconf.transport.api.UnsupportedConfigurationException;
import org.opendaylight.netconf.transport.ssh.SSHTransportStackFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The NETCONF server of a device: one set of datastores and sessions, any number of listening addresses.
public final class NetconfServer implements AutoCloseable {
    /// The port of NETCONF over SSH (RFC 6242).
    public static final int PORT = 830;

    private static final Logger LOG = LoggerFactory.getLogger(NetconfServer.class);
    private static final String SUBSYSTEM = "netconf";
    private static final int EVENT_LOOPS = 2;
    private static final int LOGINS_WAITING_MAX = 32;

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

    private final Users users;
    private final EventStream events;
    private final Sessions sessions;
    private final ConfirmedCommits confirmed;
    private final Operations operations;
    private final Set<String> capabilities;
    private final NetconfLimits limits;
    private final LoginThrottle throttle;
    /// Sessions of which the client has not said hello.
    private final WaitingRoom<Channel> silent;
    private final KeyPair deviceKey;
    private final SSHTransportStackFactory transports = new SSHTransportStackFactory("netconf", EVENT_LOOPS);
    private final DefaultNetconfTimer timer = new DefaultNetconfTimer();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService hashing = new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(LOGINS_WAITING_MAX),
            task -> Thread.ofPlatform().name("netconf-login").daemon().unstarted(task));

    /// Makes the server; it listens nowhere yet.
    ///
    /// @param models the YANG modules
    /// @param element has published its first state
    /// @throws IOException if the device's host key is none
    public NetconfServer(Models models, ElementClient element, Settings settings) throws IOException {
        limits = settings.limits();
        throttle = new LoginThrottle(limits);
        silent = new WaitingRoom<>(limits.connections());
        deviceKey = HostKey.parse(settings.deviceKey())
                .orElseThrow(() -> new IOException("the device's host key, as the element tells it, is none: remove"
                        + " ssh-host-key from the state directory, and another one is made at the next start"));
        users = new Users(() -> element.snapshot().content(), settings.adminKeys());
        PendingCommits commits = new PendingCommits(models, element, System::nanoTime);
        Datastores datastores = new Datastores(models, element, SystemConfig::missing, commits);
        events = new EventStream(models, element, InstantSource.system());
        sessions = new Sessions(datastores, events);
        confirmed = new ConfirmedCommits(element, commits, sessions::isOpen);
        sessions.whenClosed(confirmed::look);
        AccessControl control =
                new AccessControl(models, () -> element.snapshot().content());
        YangLibrary library = new YangLibrary(models, NmdaDatastore.names());
        capabilities = Capabilities.of(models, library);
        MonitoringState monitoring = new MonitoringState(models, capabilities, sessions, datastores);
        operations = new Operations(
                new ServerParts(element, models, datastores, commits, users, control, sessions, events),
                new StateLines(element, confirmed, control, events, monitoring, library),
                limits.depth());
    }

    /// Listens on one more address.
    ///
    /// @param address an address of the device; port 0 chooses one
    /// @return ends the listening and the sessions that came this way
    /// @throws IOException if the address cannot be listened on
    public Listening listen(InetSocketAddress address, KeyOwner owner) throws IOException, InterruptedException {
        Login login = new Login(users, limits, throttle, hashing);
        HostKeys keys = new HostKeys(
                deviceKey, () -> owner == KeyOwner.CLUSTER ? users.system().hostKey() : Optional.empty());
        Initializer initializer = new Initializer(login);
        try {
            ListenableFuture<? extends TransportStack> started = transports.listenServer(
                    SUBSYSTEM, initializer, ListenAddress.of(address), null, manager -> login.configure(manager, keys));
            TransportStack stack = started.get();
            LOG.info("NETCONF listens on {}", address);
            return new Listening(stack, address.getAddress());
        } catch (UnsupportedConfigurationException | ExecutionException e) {
            throw new IOException("NETCONF cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /// A listening address.
    public final class Listening implements AutoCloseable {
        private final TransportStack stack;
        private final InetAddress address;

        private Listening(TransportStack stack, InetAddress address) {
            this.stack = stack;
            this.address = address;
        }

        /// Ends the sessions that came this way, for example because another device answers at the address now.
        public void endSessions() {
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

    /// Builds the upper half of a connection once its user is authenticated.
    private final class Initializer implements TransportChannelListener<TransportChannel> {
        private final Login login;

        Initializer(Login login) {
            this.login = login;
        }

        @Override
        public void onTransportChannelEstablished(TransportChannel transport) {
            Channel channel = transport.channel();
            Optional<String> user = login.userAt(channel.remoteAddress());
            if (user.isEmpty() || sessions.isFull(limits.sessions())) {
                refuse(channel);
                return;
            }
            silent.enter(channel, channel.remoteAddress()).ifPresent(oldest -> {
                LOG.warn(
                        "session from {} closed: more than {} have not said hello, and it waits longest",
                        oldest.remoteAddress(),
                        limits.connections());
                var _ = oldest.close();
            });
            var _ = channel.closeFuture().addListener(_ -> silent.leave(channel));
            MessageLimit limit = new MessageLimit(limits.messageOctets());
            channel.pipeline().addLast(limit);
            new AbstractChannelInitializer<NetconfSession>() {
                @Override
                protected void initializeSessionNegotiator(Channel to, Promise<NetconfSession> promise) {
                    to.pipeline().addAfter(FrameDecoder.HANDLER_NAME, "messageLimitReset", limit.new Reset());
                    to.pipeline().addLast(NETCONF_SESSION_NEGOTIATOR, negotiator(user.get(), to, promise));
                }
            }.initialize(channel, channel.eventLoop().newPromise());
        }

        private void refuse(Channel channel) {
            noteRefused(channel);
            var _ = channel.close();
        }

        @Override
        public void onTransportChannelFailed(Throwable cause) {
            LOG.debug("a connection ended before its session began", cause);
        }
    }

    /// Who has said hello takes a place: until then a connection holds up nobody.
    private boolean admit(Channel channel) {
        silent.leave(channel);
        if (!sessions.enter(limits.sessions())) {
            noteRefused(channel);
            return false;
        }
        var _ = channel.closeFuture().addListener(_ -> sessions.leave());
        return true;
    }

    private void noteRefused(Channel channel) {
        LOG.warn("a session from {} is refused: {} are open", channel.remoteAddress(), limits.sessions());
        sessions.drop();
    }

    private Negotiator negotiator(String user, Channel channel, Promise<NetconfSession> promise) {
        var hello = new Negotiator.Hello(capabilities, sessions.nextId(), timer, limits.messageOctets());
        var environment = new SessionEnvironment(
                user,
                users.isBootstrap(user),
                operations,
                workers,
                limits.queuedMessages(),
                limits.queuedNotifications());
        return new Negotiator(hello, new SessionEvents(sessions), environment, channel, promise, () -> admit(channel));
    }

    /// Ends all sessions and stops listening.
    @Override
    public void close() {
        confirmed.close();
        events.close();
        sessions.endAll();
        transports.close();
        timer.close();
        workers.shutdown();
        hashing.shutdown();
    }
}
