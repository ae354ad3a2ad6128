package net.testudo.agent.netconf;

import com.google.common.util.concurrent.ListenableFuture;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import net.testudo.agent.northbound.system.Users;
import org.opendaylight.netconf.transport.api.TransportChannel;
import org.opendaylight.netconf.transport.api.TransportChannelListener;
import org.opendaylight.netconf.transport.api.TransportStack;
import org.opendaylight.netconf.transport.api.UnsupportedConfigurationException;
import org.opendaylight.netconf.transport.ssh.SSHTransportStackFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// NETCONF over SSH (RFC 6242): clients that come, and clients that are called.
final class SshTransport {
    private static final Logger LOG = LoggerFactory.getLogger(SshTransport.class);
    private static final String SUBSYSTEM = "netconf";

    private final SSHTransportStackFactory stacks;
    private final Connections connections;
    private final Users users;
    private final NetconfLimits limits;
    private final LoginThrottle throttle;
    private final ExecutorService hashing;
    private final RememberedPasswords remembered = new RememberedPasswords();
    private final KeyPair deviceKey;

    /// @param hashing checks passwords, off the event loop; bounded
    /// @param deviceKey the device's own host key
    SshTransport(
            SSHTransportStackFactory stacks,
            Connections connections,
            Users users,
            NetconfLimits limits,
            LoginThrottle throttle,
            ExecutorService hashing,
            KeyPair deviceKey) {
        this.stacks = stacks;
        this.connections = connections;
        this.users = users;
        this.limits = limits;
        this.throttle = throttle;
        this.hashing = hashing;
        this.deviceKey = deviceKey;
    }

    /// Listens.
    ///
    /// @throws IOException if the address cannot be listened on
    TransportStack listen(InetSocketAddress address, NetconfServer.KeyOwner owner)
            throws IOException, InterruptedException {
        Login login = new Login(users, limits, throttle, hashing, remembered);
        HostKeys keys = keys(owner);
        try {
            return stacks.listenServer(
                            SUBSYSTEM,
                            new Established(login, SessionTransport.ssh(Duration.ZERO), _ -> {}),
                            ListenAddress.of(address),
                            null,
                            manager -> login.configure(manager, keys))
                    .get();
        } catch (UnsupportedConfigurationException | ExecutionException e) {
            throw new IOException("NETCONF cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    private HostKeys keys(NetconfServer.KeyOwner owner) {
        return new HostKeys(
                deviceKey,
                () -> owner == NetconfServer.KeyOwner.CLUSTER ? users.system().hostKey() : Optional.empty());
    }

    /// Calls a client, from an address of this device.
    ///
    /// @param maxWait for the connection
    void call(
            OutgoingCall call, InetAddress from, InetSocketAddress client, Duration maxWait, SessionTransport transport)
            throws InterruptedException {
        Login login = new Login(users, limits, throttle, hashing, remembered);
        HostKeys keys = keys(NetconfServer.KeyOwner.CLUSTER);
        try {
            ListenableFuture<? extends TransportStack> started = stacks.connectServer(
                    SUBSYSTEM,
                    new Established(login, transport, call::begins),
                    CallAddress.of(from, client),
                    null,
                    manager -> {
                        login.configure(manager, keys);
                        manager.addSessionListener(call);
                    });
            started.get(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            call.end("no answer in " + maxWait.toSeconds() + " s");
        } catch (UnsupportedConfigurationException | ExecutionException e) {
            call.end(CallAddress.reason(e));
        }
    }

    /// The user of a connection is authenticated.
    private final class Established implements TransportChannelListener<TransportChannel> {
        private final Login login;
        private final SessionTransport transport;
        private final Consumer<Future<NetconfSession>> begins;

        Established(Login login, SessionTransport transport, Consumer<Future<NetconfSession>> begins) {
            this.login = login;
            this.transport = transport;
            this.begins = begins;
        }

        @Override
        public void onTransportChannelEstablished(TransportChannel channel) {
            begins.accept(connections.begin(
                    channel.channel(), login.userAt(channel.channel().remoteAddress()), transport));
        }

        @Override
        public void onTransportChannelFailed(Throwable cause) {
            LOG.debug("a connection ended before its session began", cause);
        }
    }
}
