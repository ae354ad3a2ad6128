package net.testudo.agent.netconf;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts failed log-ins by address of the client. Bounded: the address that failed longest ago is forgotten first.
final class LoginThrottle {
    private static final int ADDRESSES_MAX = 1024;

    private record Failures(int count, long sinceNs) {}

    private final Map<String, Failures> byAddress = new LinkedHashMap<>();
    private final NetconfLimits limits;

    LoginThrottle(NetconfLimits limits) {
        this.limits = limits;
    }

    /// Whether `client` may try.
    synchronized boolean admits(SocketAddress client, long nowNs) {
        Failures failures = byAddress.get(address(client));
        return failures == null || expired(failures, nowNs) || failures.count() < limits.failedLogins();
    }

    /// `client` gave a wrong password.
    synchronized void failed(SocketAddress client, long nowNs) {
        String address = address(client);
        Failures before = byAddress.remove(address);
        byAddress.put(
                address,
                before == null || expired(before, nowNs)
                        ? new Failures(1, nowNs)
                        : new Failures(before.count() + 1, before.sinceNs()));
        if (byAddress.size() > ADDRESSES_MAX) {
            byAddress.remove(byAddress.keySet().iterator().next());
        }
    }

    private boolean expired(Failures failures, long nowNs) {
        return nowNs - failures.sinceNs() > limits.failureWindow().toNanos();
    }

    /// The address of a client, without its port.
    static String address(SocketAddress client) {
        return client instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : client.toString();
    }
}
