package net.testudo.agent.netconf;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import net.testudo.agent.northbound.system.Users;
import net.testudo.agent.transport.TlsServer;
import org.opendaylight.netconf.transport.api.TransportChannelListener;
import org.opendaylight.netconf.transport.api.TransportStack;
import org.opendaylight.netconf.transport.api.UnsupportedConfigurationException;
import org.opendaylight.netconf.transport.tcp.BootstrapFactory;
import org.opendaylight.netconf.transport.tcp.TCPClient;
import org.opendaylight.netconf.transport.tcp.TCPServer;
import org.opendaylight.netconf.transport.tcp.TCPTransportChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// NETCONF over TLS (RFC 7589): clients that come, and clients that are called. The user is who the client's
/// certificate stands for.
final class TlsTransport {
    private static final Logger LOG = LoggerFactory.getLogger(TlsTransport.class);

    private final BootstrapFactory bootstraps;
    private final Connections connections;
    private final Users users;
    private final NetconfLimits limits;
    private final LoginThrottle throttle;
    private final Executor handshakes;
    private final WaitingRoom<Channel> waiting;

    /// What a connection gets.
    ///
    /// @param server the server's side of TLS
    /// @param transport of the session
    record Offer(TlsServer server, SessionTransport transport) {}

    /// @param handshakes computes, off the event loop
    TlsTransport(
            BootstrapFactory bootstraps,
            Connections connections,
            Users users,
            NetconfLimits limits,
            LoginThrottle throttle,
            Executor handshakes) {
        this.bootstraps = bootstraps;
        this.connections = connections;
        this.users = users;
        this.limits = limits;
        this.throttle = throttle;
        this.handshakes = handshakes;
        waiting = new WaitingRoom<>(limits.connections());
    }

    /// Listens.
    ///
    /// @param offer for each connection, as configured at its moment; nothing: it is closed
    /// @throws IOException if the address cannot be listened on
    TransportStack listen(InetSocketAddress address, Supplier<Optional<Offer>> offer)
            throws IOException, InterruptedException {
        try {
            return TCPServer.listen(
                            new Established(offer, Optional.of(throttle), _ -> {}),
                            bootstraps.newServerBootstrap(),
                            ListenAddress.of(address))
                    .get();
        } catch (UnsupportedConfigurationException | ExecutionException e) {
            throw new IOException("NETCONF over TLS cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /// Calls a client, from an address of this device.
    ///
    /// @param maxWait for the connection
    void call(OutgoingCall call, InetAddress from, InetSocketAddress client, Duration maxWait, Offer offer)
            throws InterruptedException {
        Bootstrap bootstrap =
                bootstraps.newBootstrap().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) maxWait.toMillis());
        try {
            TCPClient.connect(
                            new Established(() -> Optional.of(offer), Optional.empty(), call::begins) {
                                @Override
                                void connected(Channel channel) {
                                    call.connected(() -> {
                                        var _ = channel.close();
                                    });
                                    channel.closeFuture().addListener(_ -> call.closed());
                                    super.connected(channel);
                                }
                            },
                            bootstrap,
                            CallAddress.of(from, client))
                    .get();
        } catch (UnsupportedConfigurationException | ExecutionException e) {
            call.end(CallAddress.reason(e));
        }
    }

    /// A connection is there, and nothing is known of its client.
    private class Established implements TransportChannelListener<TCPTransportChannel> {
        private final Supplier<Optional<Offer>> offer;
        private final Optional<LoginThrottle> counting;
        private final Consumer<Future<NetconfSession>> begins;

        /// @param counting counts failures by address; nothing where this server called: who is called guesses nothing
        Established(
                Supplier<Optional<Offer>> offer,
                Optional<LoginThrottle> counting,
                Consumer<Future<NetconfSession>> begins) {
            this.offer = offer;
            this.counting = counting;
            this.begins = begins;
        }

        @Override
        public final void onTransportChannelEstablished(TCPTransportChannel transport) {
            connected(transport.channel());
        }

        void connected(Channel channel) {
            Optional<Offer> offered = offer.get();
            boolean admitted = counting.isEmpty() || counting.get().admits(channel.remoteAddress(), System.nanoTime());
            if (offered.isEmpty() || !admitted) {
                LOG.warn(
                        "connection from {} refused: {}",
                        channel.remoteAddress(),
                        offered.isEmpty() ? "TLS is not configured" : "too many failed log-ins from there");
                var _ = channel.close();
                return;
            }
            waiting.enter(channel, channel.remoteAddress()).ifPresent(oldest -> {
                LOG.warn(
                        "connection from {} closed: more than {} are not logged in yet, and it waits longest",
                        oldest.remoteAddress(),
                        limits.connections());
                var _ = oldest.close();
            });
            SslHandler handler = offered.get().server().context().newHandler(channel.alloc(), handshakes);
            handler.setHandshakeTimeoutMillis(limits.loginTime().toMillis());
            channel.pipeline().addLast(handler);
            var _ = channel.closeFuture().addListener(_ -> waiting.leave(channel));
            handler.handshakeFuture().addListener((Future<Channel> done) -> {
                waiting.leave(channel);
                if (done.isSuccess()) {
                    begins.accept(begin(channel, handler, offered.get()));
                } else {
                    failed(channel);
                    LOG.warn(
                            "connection from {} refused: {}",
                            channel.remoteAddress(),
                            done.cause().getMessage());
                }
            });
        }

        private void failed(Channel channel) {
            counting.ifPresent(counts -> counts.failed(channel.remoteAddress(), System.nanoTime()));
        }

        private Future<NetconfSession> begin(Channel channel, SslHandler handler, Offer offered) {
            List<X509Certificate> presented = presented(handler);
            Optional<String> name =
                    presented.isEmpty() ? Optional.empty() : offered.server().user(presented);
            Optional<String> user = name.filter(one -> users.system().users().containsKey(one));
            if (user.isEmpty()) {
                failed(channel);
                LOG.warn(
                        "connection from {} refused: its certificate, {}, {}",
                        channel.remoteAddress(),
                        presented.isEmpty() ? "none" : presented.getFirst().getSubjectX500Principal(),
                        name.isEmpty()
                                ? "leads to no user by any entry of cert-to-name"
                                : "leads to the user " + Login.printable(name.get()) + ", who is not configured");
            }
            Future<NetconfSession> begun = connections.begin(channel, user, offered.transport());
            // The hello of the server is due: the connection was there before what sends it.
            channel.pipeline().fireChannelActive();
            return begun;
        }

        @Override
        public final void onTransportChannelFailed(Throwable cause) {
            LOG.debug("a connection ended before its session began", cause);
        }
    }

    private static List<X509Certificate> presented(SslHandler handler) {
        List<X509Certificate> presented = new ArrayList<>();
        try {
            for (Certificate certificate : handler.engine().getSession().getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    presented.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException _) {
            presented.clear();
        }
        return presented;
    }
}
