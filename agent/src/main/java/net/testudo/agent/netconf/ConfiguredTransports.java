package net.testudo.agent.netconf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.testudo.agent.ElementClient;
import net.testudo.agent.northbound.netconfserver.CallHomeClient;
import net.testudo.agent.northbound.netconfserver.NetconfServerConfig;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens and calls as `/ietf-netconf-server:netconf-server` of the newest decided configuration says: every member
/// listens, the serving master calls.
final class ConfiguredTransports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredTransports.class);
    private static final long RETRY_MS = 1000;
    private static final String EVERY_ADDRESS = "0.0.0.0";

    private final NetconfServer server;
    private final InetAddress own;
    private final ElementClient.Subscription subscription;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("netconf-transports").daemon().factory());
    /// Whether [#apply] will run: one look at the newest is enough for all that changed before.
    private final AtomicBoolean due = new AtomicBoolean();

    private final Map<InetAddress, NetconfServer.Listening> listening = new HashMap<>();
    private final Map<String, Caller> callers = new HashMap<>();
    private Optional<InetAddress> cluster = Optional.empty();
    private boolean serving;

    /// @param own the device's own management address
    ConfiguredTransports(NetconfServer server, ElementClient element, InetAddress own) {
        this.server = server;
        this.own = own;
        subscription = element.addListener(new ElementClient.Listener() {
            @Override
            public void onEvent(ElementEvent event) {}

            private long revision = -1;

            @Override
            public void onSnapshot(ElementSnapshot snapshot) {
                if (snapshot.revision() != revision) {
                    revision = snapshot.revision();
                    soon();
                }
            }
        });
    }

    /// The cluster's address, or the right to serve it, has changed.
    synchronized void onAccess(Optional<InetAddress> address, boolean served) {
        cluster = address;
        serving = served;
        if (!served) {
            callers.values().forEach(Caller::stop);
            callers.clear();
            address.map(listening::get).ifPresent(NetconfServer.Listening::endSessions);
        }
        soon();
    }

    /// Done when all that is known at this moment has been looked at.
    Future<?> settled() {
        return worker.submit(this::apply);
    }

    private void soon() {
        if (due.getAndSet(true)) {
            return;
        }
        try {
            worker.execute(this::apply);
        } catch (RejectedExecutionException _) {
            LOG.debug("the transports are closed");
        }
    }

    private synchronized void apply() {
        due.set(false);
        NetconfServerConfig config = server.transports();
        listen(wanted(config, cluster));
        call(config, serving ? cluster : Optional.empty());
    }

    /// Where to listen, with the name of the endpoint.
    private Map<InetAddress, String> wanted(NetconfServerConfig config, Optional<InetAddress> address) {
        Map<InetAddress, String> wanted = new LinkedHashMap<>();
        for (NetconfServerConfig.Endpoint endpoint : config.endpoints()) {
            for (String bind : endpoint.addresses()) {
                if (bind.equals(EVERY_ADDRESS)) {
                    wanted.putIfAbsent(own, endpoint.name());
                }
                address.filter(one -> bind.equals(EVERY_ADDRESS) || bind.equals(one.getHostAddress()))
                        .ifPresent(one -> wanted.putIfAbsent(one, endpoint.name()));
            }
        }
        return wanted;
    }

    private void listen(Map<InetAddress, String> wanted) {
        listening.entrySet().removeIf(one -> {
            boolean gone = !one.getValue().name().equals(wanted.get(one.getKey()));
            if (gone) {
                one.getValue().close();
            }
            return gone;
        });
        wanted.forEach((address, name) -> {
            if (!listening.containsKey(address)) {
                listen(address, name);
            }
        });
    }

    private void listen(InetAddress address, String name) {
        try {
            listening.put(address, server.listenTls(new InetSocketAddress(address, NetconfServer.TLS_PORT), name));
        } catch (IOException e) {
            LOG.error("{}; trying again", e.getMessage());
            var _ = worker.schedule(this::soon, RETRY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(NetconfServerConfig config, Optional<InetAddress> from) {
        Map<String, CallHomeClient> wanted = new LinkedHashMap<>();
        if (from.isPresent()) {
            config.clients().forEach(client -> wanted.put(client.name(), client));
        }
        callers.entrySet().removeIf(one -> {
            Caller caller = one.getValue();
            boolean gone = !wanted.containsKey(one.getKey()) || !from.equals(Optional.of(caller.from()));
            if (gone) {
                caller.retire();
            }
            return gone;
        });
        wanted.forEach((name, client) -> {
            Caller caller = callers.get(name);
            if (caller == null) {
                callers.put(name, new Caller(server, from.orElseThrow(), client));
            } else {
                caller.configure(client);
            }
        });
    }

    @Override
    public void close() {
        subscription.close();
        worker.shutdownNow();
        synchronized (this) {
            callers.values().forEach(Caller::stop);
            callers.clear();
            listening.values().forEach(NetconfServer.Listening::close);
            listening.clear();
        }
    }
}
