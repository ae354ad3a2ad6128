package net.testudo.agent.netconf;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import net.testudo.agent.datastore.RpcError;
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

    private final String user;
    private final boolean bootstrap;
    private final Instant since = Instant.now();
    private final Operations operations;
    private final Executor executor;
    private final int queuedMessages;
    private final Queue<Document> queue = new ArrayDeque<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong inRpcs = new AtomicLong();
    private final AtomicLong inBadRpcs = new AtomicLong();
    private final AtomicLong outErrors = new AtomicLong();
    private boolean working;

    NetconfSession(SessionEvents events, Channel channel, SessionIdType id, SessionEnvironment environment) {
        super(events, channel, id);
        user = environment.user();
        bootstrap = environment.bootstrap();
        operations = environment.operations();
        executor = environment.executor();
        queuedMessages = environment.queuedMessages();
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

    Instant since() {
        return since;
    }

    /// Where the client is.
    String host() {
        return channel.remoteAddress() instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress()
                : "";
    }

    /// Whether the client came to this address of the device.
    boolean isAt(InetAddress local) {
        return channel.localAddress() instanceof InetSocketAddress inet
                && inet.getAddress().equals(local);
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
            queue.add(message);
            if (working) {
                return;
            }
            working = true;
        }
        executor.execute(this::work);
    }

    private void work() {
        while (true) {
            Document next;
            synchronized (queue) {
                next = queue.poll();
                if (next == null || ended.get()) {
                    working = false;
                    return;
                }
            }
            Operations.Outcome outcome = operations.handle(this, next);
            inRpcs.incrementAndGet();
            switch (outcome.kind()) {
                case BAD -> inBadRpcs.incrementAndGet();
                case REFUSED -> outErrors.incrementAndGet();
                case DONE -> {}
            }
            var sent = sendMessage(new NetconfMessage(outcome.reply()));
            if (outcome.last()) {
                sent.addListener(_ -> end());
            }
        }
    }

    /// The client sent something that is no message: it is told so, and the session ends, because what follows can
    /// mean anything.
    void garbled(String reason) {
        inBadRpcs.incrementAndGet();
        LOG.warn("session {} of {} closed: {}", id(), user, reason);
        RpcError error = new RpcError("rpc", "malformed-message", "", "", reason, java.util.Map.of());
        sendMessage(new NetconfMessage(Replies.error(error))).addListener(_ -> end());
    }

    /// Ends the session, whoever wants it.
    void end() {
        if (ended.compareAndSet(false, true)) {
            channel.eventLoop().execute(this::close);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (ended.get()) {
            return;
        }
        Throwable reason = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        garbled(String.valueOf(reason.getMessage()));
    }
}
