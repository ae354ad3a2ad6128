package net.testudo.agent.assembly;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.testudo.agent.ElementClient;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.net.Ipv4Address;
import net.testudo.pcapio.LocalNetwork;
import net.testudo.pcapio.PortUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the configuration: gives the TAP the cluster address of the local network, then tells the servers.
final class LocalAddress implements ElementClient.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalAddress.class);

    private final LocalNetwork network;
    private final List<Northbound> servers;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("local-address").factory());
    // Of the delivery thread: what was asked for last.
    private long revision = -1;
    private Optional<Ipv4Address> configured = Optional.empty();
    private Northbound.@Nullable ClusterAccess asked;

    LocalAddress(LocalNetwork network, List<Northbound> servers) {
        this.network = network;
        this.servers = List.copyOf(servers);
    }

    @Override
    public void onEvent(ElementEvent event) {
        // what events tell stands in the snapshots too
    }

    @Override
    public void onSnapshot(ElementSnapshot snapshot) {
        if (snapshot.revision() != revision) {
            revision = snapshot.revision();
            configured = addressOf(snapshot);
        }
        Northbound.ClusterAccess access = new Northbound.ClusterAccess(configured, snapshot.masterServing());
        if (!access.equals(asked)) {
            asked = access;
            executor.execute(() -> apply(access));
        }
    }

    @Override
    public void close() {
        executor.close();
    }

    private void apply(Northbound.ClusterAccess access) {
        Northbound.ClusterAccess usable = access;
        try {
            network.assign(access.address().orElse(null));
        } catch (PortUnavailableException e) {
            LOG.error("the cluster address is not served locally: {}", e.getMessage());
            usable = Northbound.ClusterAccess.NONE;
        }
        for (Northbound server : servers) {
            try {
                server.onClusterAccess(usable);
            } catch (RuntimeException e) {
                LOG.error("{} does not follow the cluster address", server, e);
            }
        }
    }

    /// The element decided the content, so it is valid; a local network that is not named serves nothing.
    private static Optional<Ipv4Address> addressOf(ElementSnapshot snapshot) {
        return ClusterConfig.parse(snapshot.content()) instanceof ClusterConfig.Valid valid
                ? valid.config().networks().stream()
                        .filter(n -> n.name().equals(valid.config().localNetwork()))
                        .map(n -> n.address().address())
                        .findFirst()
                : Optional.empty();
    }
}
