package net.testudo.agent.assembly;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import net.testudo.agent.ClusterAccess;
import net.testudo.agent.ElementClient;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.ContentTree;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.net.Ipv4Address;
import net.testudo.element.net.Ipv4Prefix;
import net.testudo.pcapio.LocalNetwork;
import net.testudo.pcapio.PortUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the configuration: gives the TAP the cluster address of the local network, then tells the agents.
final class LocalAddress implements ElementClient.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalAddress.class);

    private final LocalNetwork network;
    private final Consumer<ClusterAccess> agents;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("local-address").factory());
    // Of the delivery thread: what was asked for last.
    private long revision = -1;
    private Optional<Ipv4Address> configured = Optional.empty();
    private @Nullable ClusterAccess asked;

    /// @param agents are told when the address can be bound
    LocalAddress(LocalNetwork network, Consumer<ClusterAccess> agents) {
        this.network = network;
        this.agents = agents;
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
        ClusterAccess access = new ClusterAccess(configured, snapshot.masterServing());
        if (!access.equals(asked)) {
            asked = access;
            executor.execute(() -> apply(access));
        }
    }

    @Override
    public void close() {
        executor.close();
    }

    private void apply(ClusterAccess access) {
        ClusterAccess usable = access;
        try {
            network.assign(access.address().orElse(null));
        } catch (PortUnavailableException e) {
            LOG.error("the cluster address is not served locally: {}", e.getMessage());
            usable = ClusterAccess.NONE;
        }
        agents.accept(usable);
    }

    /// A local network that is not named serves nothing.
    private static Optional<Ipv4Address> addressOf(ElementSnapshot snapshot) {
        try {
            Optional<ContentTree> cluster =
                    ContentTree.of(snapshot.content(), "testudo-cluster").child("cluster");
            String local = cluster.map(all -> all.leaf("local-network", "")).orElse("");
            return cluster.stream()
                    .flatMap(all -> all.entries("data-network").stream())
                    .filter(network -> network.key().equals(local))
                    .flatMap(network -> Ipv4Prefix.parse(network.leaf("address", "")).stream())
                    .map(Ipv4Prefix::address)
                    .findFirst();
        } catch (CanonicalFormException e) {
            LOG.error("the cluster address is not served locally: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
