package net.testudo.agent.snmp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import net.testudo.agent.ClusterAccess;
import net.testudo.agent.assembly.Northbound;
import net.testudo.element.net.Ipv4Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The SNMP agent as the assembly sees it: in service at the cluster's address while this device is the serving
/// master. An address that cannot be bound is tried again until it can, or until another device serves.
public final class SnmpNorthbound implements Northbound {
    private static final Logger LOG = LoggerFactory.getLogger(SnmpNorthbound.class);
    /// UDP port of SNMP (RFC 3417 §3).
    private static final int PORT = 161;
    private static final long RETRY_MS = 1000;

    private final SnmpAgent agent;
    private final int port;
    private final NotifyThread retries = new NotifyThread();
    private Optional<Ipv4Address> served = Optional.empty();

    SnmpNorthbound(SnmpAgent agent, int port) {
        this.agent = agent;
        this.port = port;
    }

    /// Starts it, passive.
    public static Northbound start(Surroundings surroundings) {
        return new SnmpNorthbound(SnmpAgent.start(surroundings.element()), PORT);
    }

    @Override
    public synchronized void onClusterAccess(ClusterAccess access) {
        Optional<Ipv4Address> wanted = access.serving() ? access.address() : Optional.empty();
        if (!wanted.equals(served)) {
            agent.passivate();
            served = wanted;
        }
        activate();
    }

    private synchronized void activate() {
        if (served.isEmpty() || agent.active()) {
            return;
        }
        try {
            agent.activate(new InetSocketAddress(inet(served.get()), port));
        } catch (IOException e) {
            LOG.error("{}; trying again", e.getMessage());
            retries.schedule(this::activate, RETRY_MS);
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
        synchronized (this) {
            served = Optional.empty();
        }
        retries.close();
        agent.close();
    }
}
