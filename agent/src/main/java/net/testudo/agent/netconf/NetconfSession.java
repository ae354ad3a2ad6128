package net.testudo.agent.netconf;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import net.testudo.agent.datastore.RpcError;
import org.jspecify.annotations.Nullable;
import org.opendaylight.netconf.api.messages.NetconfMessage;
import org.opendaylight.netconf.codec.XMLMessageWriter;
import org.opendaylight.netconf.nettyutil.AbstractNetconfSession;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.netconf.base._1._0.rev110601.SessionIdType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;

/// One session. Messages are worked on one after the other, off the event loop.
final class NetconfSession extends AbstractNetconfSession<NetconfSession, SessionEvents> {
    private static final Logger LOG = LoggerFactory.getLogger(NetconfSession.class);

    /// What is due later never comes.
    private static final Duration LATEST = Duration.ofDays(36_500);
    private static final String CLOSED = "closed";
    private static final String TIMEOUT = "timeout";

    private final String user;
    private final boolean bootstrap;
    private final String transport;
    private final Instant since = Instant.now();
    private final Operations operations;
    private final Executor executor;
    private final int queuedMessages;
    private final MessageLimit arriving;
    private final Queue<Received> queue = new ArrayDeque<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong inRpcs = new AtomicLong();
    private final AtomicLong inBadRpcs = new AtomicLong();
    private final AtomicLong outErrors = new AtomicLong();
    private final AtomicLong outNotifications = new AtomicLong();
    private final NotificationQueue notifications;
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    private boolean working;
    /// When it was busy last.
    private long busyNs = System.nanoTime();
    /// The connection is lost unless something else ends the session.
    private volatile String endedBecause = "dropped";
    private volatile Optional<Long> killer = Optional.empty();

    /// A message that waits to be worked on.
    ///
    /// @param octets that it had
    private record Received(Document message, long octets) {}

    NetconfSession(SessionEvents events, Channel channel, SessionIdType id, SessionEnvironment environment) {
        super(events, channel, id);
        user = environment.user();
        bootstrap = environment.bootstrap();
        transport = environment.transport();
        operations = environment.operations();
        executor = environment.executor();
        queuedMessages = environment.queuedMessages();
        arriving = environment.arriving();
        notifications = new NotificationQueue(environment.queuedNotifications(), executor, notification -> {
            outNotifications.incrementAndGet();
            return sendMessage(new NetconfMessage(notification));
        });
    }

    /// The number of the session.
    long id() {
        return sessionId().getValue().toJava();
    }

    /// The authenticated user.
    String user() {
        return user;
    }

    /// Whether the user logged in with a key that the device was started with.
    boolean bootstrap() {
        return bootstrap;
    }

    /// How its messages travel: an identity of ietf-netconf-monitoring.
    String transport() {
        return transport;
    }

    Instant since() {
        return since;
    }

    /// Where the client is.
    String host() {
        return channel.remoteAddress() instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress()
                : "";
    }

    /// Whether the client came to this address and port of the device.
    boolean isAt(InetSocketAddress local) {
        return local.equals(channel.localAddress());
    }

    /// Who has the session, for notifications.
    BaseNotification.Who who() {
        return new BaseNotification.Who(user, Long.toString(id()), host());
    }

    /// Why it is over, once it is, as RFC 6470 calls it.
    String endedBecause() {
        return endedBecause;
    }

    /// Whether it is over because its client said so, or said nothing for too long.
    boolean isOverInOrder() {
        return endedBecause.equals(CLOSED) || endedBecause.equals(TIMEOUT);
    }

    /// The session that killed it.
    Optional<Long> killer() {
        return killer;
    }

    /// Another session ends this one.
    void killedBy(long session) {
        endedBecause = "killed";
        killer = Optional.of(session);
    }

    long inRpcs() {
        return inRpcs.get();
    }

    long inBadRpcs() {
        return inBadRpcs.get();
    }

    long outErrors() {
        return outErrors.get();
    }

    long outNotifications() {
        return outNotifications.get();
    }

    boolean isOpen() {
        return !ended.get();
    }

    /// Gives the session its subscription.
    ///
    /// @return false if it has one
    boolean subscribe(Subscription wanted) {
        return subscription.compareAndSet(null, wanted);
    }

    /// The session may be given another subscription.
    void unsubscribed() {
        subscription.set(null);
    }

    /// The subscription, or null if it has none.
    @Nullable
    Subscription subscription() {
        return subscription.get();
    }

    /// Tells a notification, once it is its turn. A client that does not read loses its session, and holds up nobody.
    ///
    /// @param made what is sent, none if the client does not want to hear of it
    void tell(Supplier<List<Document>> made) {
        if (!notifications.add(made) && !ended.get()) {
            LOG.warn("session {} of {} closed: it does not read its notifications", id(), user);
            endedBecause = "other";
            end();
        }
    }

    /// Runs `task` after `delay`, off the event loop, unless the session has ended.
    void later(Duration delay, Runnable task) {
        long millis = delay.compareTo(LATEST) < 0 ? Math.max(0, delay.toMillis()) : LATEST.toMillis();
        var scheduled = channel.eventLoop().schedule(() -> executor.execute(task), millis, TimeUnit.MILLISECONDS);
        var _ = channel.closeFuture().addListener(_ -> scheduled.cancel(false));
    }

    @Override
    protected NetconfSession thisInstance() {
        return this;
    }

    @Override
    protected void sessionUp() {
        messageEncoder().setWriter(XMLMessageWriter.of());
        super.sessionUp();
    }

    /// A message arrived; on the event loop.
    void received(Document message) {
        synchronized (queue) {
            if (queue.size() >= queuedMessages) {
                LOG.warn("session {} of {} closed: {} messages wait already", id(), user, queue.size());
                end();
                return;
            }
            queue.add(new Received(message, arriving.takeOver()));
            if (working) {
                return;
            }
            working = true;
        }
        executor.execute(this::work);
    }

    private void work() {
        while (true) {
            Received next;
            synchronized (queue) {
                next = queue.poll();
                if (next == null) {
                    working = false;
                    busyNs = System.nanoTime();
                    return;
                }
            }
            try {
                if (!ended.get()) {
                    workOn(next.message);
                }
            } finally {
                arriving.done(next.octets);
            }
        }
    }

    private void workOn(Document message) {
        Operations.Outcome outcome = operations.handle(this, message);
        inRpcs.incrementAndGet();
        switch (outcome.kind()) {
            case BAD -> inBadRpcs.incrementAndGet();
            case REFUSED -> outErrors.incrementAndGet();
            case DONE -> {}
        }
        outcome.sending().by().accept(() -> {
            boolean last = outcome.sending().last();
            if (last) {
                // Before the client can have the reply: it may be gone at once.
                endedBecause = CLOSED;
            }
            var sent = sendMessage(new NetconfMessage(outcome.reply()));
            if (last) {
                sent.addListener(_ -> end());
            }
        });
    }

    /// The client sent something that is no message: it is told so, and the session ends, because what follows can
    /// mean anything.
    void garbled(String reason) {
        refuse(new RpcError("rpc", "malformed-message", "", "", reason, Map.of()));
    }

    private void refuse(RpcError error) {
        endedBecause = "other";
        inBadRpcs.incrementAndGet();
        LOG.warn("session {} of {} closed: {}", id(), user, error.message());
        sendMessage(new NetconfMessage(Replies.error(error))).addListener(_ -> end());
    }

    /// Ends the session, whoever wants it.
    void end() {
        if (ended.compareAndSet(false, true)) {
            notifications.close();
            channel.eventLoop().execute(this::close);
        }
    }

    /// Ends the session once it has done nothing for `limit`.
    void endWhenIdle(Duration limit) {
        later(limit.minusNanos(idleNs()), () -> {
            if (idleNs() < limit.toNanos()) {
                endWhenIdle(limit);
                return;
            }
            LOG.info("session {} of {} closed: nothing was asked for {} s", id(), user, limit.toSeconds());
            endedBecause = TIMEOUT;
            end();
        });
    }

    /// For how long it has done nothing: who works, or waits for notifications, is not idle.
    private long idleNs() {
        synchronized (queue) {
            if (working || subscription.get() != null) {
                busyNs = System.nanoTime();
            }
            return System.nanoTime() - busyNs;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (ended.get()) {
            return;
        }
        if (cause instanceof MessageRefused refused) {
            refuse(refused.error());
            return;
        }
        Throwable reason = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        garbled(String.valueOf(reason.getMessage()));
    }
}
