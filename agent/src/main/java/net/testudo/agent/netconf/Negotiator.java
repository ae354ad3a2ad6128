package net.testudo.agent.netconf;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.opendaylight.netconf.api.messages.HelloMessage;
import org.opendaylight.netconf.common.NetconfTimer;
import org.opendaylight.netconf.nettyutil.NetconfSessionNegotiator;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.netconf.base._1._0.rev110601.SessionIdType;

/// Exchanges hellos (RFC 6241 §8.1), and puts the session in its own place.
final class Negotiator extends NetconfSessionNegotiator<NetconfSession, SessionEvents> {
    /// How long the client may take for its hello.
    static final Duration HELLO_TIME = Duration.ofSeconds(30);

    private final SessionIdType id;
    private final SessionEnvironment environment;
    private final BooleanSupplier admission;

    /// @param hello of the server
    /// @param admission says whether there is a place for the session, when the client has said hello
    Negotiator(
            Hello hello,
            SessionEvents events,
            SessionEnvironment environment,
            Channel channel,
            Promise<NetconfSession> promise,
            BooleanSupplier admission) {
        super(
                HelloMessage.createServerHello(hello.capabilities(), hello.id()),
                promise,
                channel,
                hello.timer(),
                events,
                HELLO_TIME.toMillis(),
                hello.messageOctets());
        id = hello.id();
        this.environment = environment;
        this.admission = admission;
    }

    /// What the server says first, and how.
    ///
    /// @param capabilities of the server
    /// @param id of the session
    /// @param timer for the client's hello
    /// @param messageOctets limit of a chunk
    record Hello(java.util.Set<String> capabilities, SessionIdType id, NetconfTimer timer, int messageOctets) {}

    @Override
    protected void handleMessage(HelloMessage hello) throws Exception {
        if (!admission.getAsBoolean()) {
            var _ = channel.close();
            return;
        }
        NetconfSession session = getSessionForHelloMessage(hello);
        replaceHelloMessageInboundHandler(session);
        negotiationSuccessful(session);
    }

    @Override
    protected NetconfSession getSession(SessionEvents events, Channel channel, HelloMessage message) {
        return new NetconfSession(events, channel, id, environment);
    }
}
