package net.testudo.agent.netconf;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.testudo.agent.northbound.system.Users;
import org.opendaylight.netconf.codec.FrameDecoder;
import org.opendaylight.netconf.common.di.DefaultNetconfTimer;
import org.opendaylight.netconf.nettyutil.AbstractChannelInitializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes sessions of connections whose user is authenticated, whatever the transport.
final class Connections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final Users users;
    private final Sessions sessions;
    private final Operations operations;
    private final Set<String> capabilities;
    private final NetconfLimits limits;
    /// Sessions of which the client has not said hello.
    private final WaitingRoom<Channel> silent;
    private final MessageBudget budget;
    private final DefaultNetconfTimer timer = new DefaultNetconfTimer();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    Connections(Users users, Sessions sessions, Operations operations, Set<String> capabilities, NetconfLimits limits) {
        this.users = users;
        this.sessions = sessions;
        this.operations = operations;
        this.capabilities = capabilities;
        this.limits = limits;
        silent = new WaitingRoom<>(limits.connections());
        budget = new MessageBudget(limits.octetsAtWork());
    }

    /// Builds the upper half of a connection.
    ///
    /// @param user who is authenticated; nobody: the connection is refused
    /// @return the session, when the client has said hello
    Future<NetconfSession> begin(Channel channel, Optional<String> user, SessionTransport transport) {
        Promise<NetconfSession> begun = channel.eventLoop().newPromise();
        if (user.isEmpty() || sessions.isFull(limits.sessions())) {
            noteRefused(channel);
            var _ = channel.close();
            return begun;
        }
        silent.enter(channel, channel.remoteAddress()).ifPresent(oldest -> {
            LOG.warn(
                    "session from {} closed: more than {} have not said hello, and it waits longest",
                    oldest.remoteAddress(),
                    limits.connections());
            var _ = oldest.close();
        });
        var _ = channel.closeFuture().addListener(_ -> silent.leave(channel));
        if (transport.idleTimeout().isPositive()) {
            begun.addListener((Future<NetconfSession> done) -> {
                if (done.isSuccess()) {
                    done.getNow().endWhenIdle(transport.idleTimeout());
                }
            });
        }
        MessageLimit limit = new MessageLimit(limits.messageOctets(), budget);
        channel.pipeline().addLast(limit);
        new AbstractChannelInitializer<NetconfSession>() {
            @Override
            protected void initializeSessionNegotiator(Channel to, Promise<NetconfSession> promise) {
                to.pipeline().addAfter(FrameDecoder.HANDLER_NAME, "wholeMessages", limit.new Whole());
                to.pipeline()
                        .addLast(NETCONF_SESSION_NEGOTIATOR, negotiator(user.get(), transport, limit, to, promise));
            }
        }.initialize(channel, begun);
        return begun;
    }

    /// Closes what came to this address and has not said hello.
    void closeSilent(InetSocketAddress local) {
        silent.all().stream()
                .filter(channel -> local.equals(channel.localAddress()))
                .forEach(channel -> {
                    var _ = channel.close();
                });
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

    private Negotiator negotiator(
            String user,
            SessionTransport transport,
            MessageLimit limit,
            Channel channel,
            Promise<NetconfSession> promise) {
        var hello = new Negotiator.Hello(capabilities, sessions.nextId(), timer, limits.messageOctets());
        var environment = new SessionEnvironment(
                user,
                users.isBootstrap(user),
                transport.identity(),
                operations,
                workers,
                limit,
                limits.queuedMessages(),
                limits.queuedNotifications());
        return new Negotiator(hello, new SessionEvents(sessions), environment, channel, promise, () -> admit(channel));
    }

    @Override
    public void close() {
        timer.close();
        workers.shutdown();
    }
}
