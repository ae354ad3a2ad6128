package net.testudo.agent.netconf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.testudo.agent.ClusterAccess;
import net.testudo.agent.ElementClient;
import net.testudo.agent.assembly.Northbound;
import net.testudo.agent.datastore.Models;
import net.testudo.element.net.Ipv4Address;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// NETCONF as a server of the assembly: at the device's own management address with the device's host key, and at the
/// cluster address with the cluster's. Every device listens at the cluster address, so that a new master answers at
/// once; sessions there end when the device stops to serve it.
public final class NetconfNorthbound implements Northbound {
    private static final Logger LOG = LoggerFactory.getLogger(NetconfNorthbound.class);
    private static final long RETRY_MS = 1000;

    private final NetconfServer server;
    private final int port;
    private final ConfiguredTransports transports;
    private final ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("netconf-listen").daemon().factory());
    private Optional<Ipv4Address> wanted = Optional.empty();
    private boolean serving;
    private NetconfServer.@Nullable Listening cluster;

    /// @param own the device's own management address
    NetconfNorthbound(NetconfServer server, ElementClient element, InetAddress own, int port) {
        this.server = server;
        this.port = port;
        transports = new ConfiguredTransports(server, element, own);
    }

    /// Starts it at the management address.
    ///
    /// @throws IOException if that address cannot be listened on, or the host key is none
    public static NetconfNorthbound start(Surroundings surroundings) throws IOException {
        NetconfServer server = new NetconfServer(
                Models.load(),
                surroundings.element(),
                new NetconfServer.Settings(
                        surroundings.settings().hostKey(),
                        surroundings.settings().adminKeys(),
                        NetconfLimits.DEFAULT));
        try {
            server.listen(
                    new InetSocketAddress(surroundings.managementAddress(), NetconfServer.PORT),
                    NetconfServer.KeyOwner.DEVICE);
        } catch (IOException e) {
            server.close();
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.close();
            throw new IOException("the start of NETCONF was interrupted", e);
        }
        return new NetconfNorthbound(
                server, surroundings.element(), surroundings.managementAddress(), NetconfServer.PORT);
    }

    @Override
    public synchronized void onClusterAccess(ClusterAccess access) {
        if (!access.address().equals(wanted)) {
            leave();
            wanted = access.address();
        } else if (serving && !access.serving() && cluster != null) {
            cluster.endSessions();
        }
        serving = access.serving();
        listen();
        transports.onAccess(wanted.map(NetconfNorthbound::inet), serving);
    }

    private synchronized void listen() {
        if (wanted.isEmpty() || cluster != null) {
            return;
        }
        try {
            cluster = server.listen(new InetSocketAddress(inet(wanted.get()), port), NetconfServer.KeyOwner.CLUSTER);
        } catch (IOException e) {
            LOG.error("{}; trying again", e.getMessage());
            var _ = retries.schedule(this::listen, RETRY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave() {
        if (cluster != null) {
            cluster.close();
            cluster = null;
        }
    }

    private static InetAddress inet(Ipv4Address address) {
        try {
            return InetAddress.getByName(address.toString());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(address + " is not read as an address", e);
        }
    }

    @Override
    public void close() {
        retries.shutdownNow();
        synchronized (this) {
            wanted = Optional.empty();
            leave();
        }
        transports.close();
        server.close();
    }
}
