package net.testudo.agent.assembly;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.testudo.agent.ClusterAccess;
import net.testudo.agent.management.ManagementClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The agent of one device, in this process: the servers towards managers, and the connection to the element. It is
/// killed, hangs and comes back without the element's notice, and ends when the element does.
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final CloseStack opened = new CloseStack();
    private final ExecutorService accesses = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("cluster-access").daemon().factory());
    // Of the thread of `accesses`.
    private final List<Northbound> servers = new ArrayList<>();
    private ClusterAccess access = ClusterAccess.NONE;

    /// Connects to the element, and starts the servers.
    ///
    /// @param starters of the servers
    /// @throws IOException if the element does not answer or a server cannot start: one line that says what to do
    public ManagementClient start(AgentSettings settings, List<Northbound.Starter> starters)
            throws IOException, InterruptedException {
        opened.push(accesses::shutdownNow);
        ManagementClient client =
                opened.push(ManagementClient.connect(AgentProcess.socket(settings.stateDirectory()), this::onAccess));
        Northbound.Surroundings surroundings = new Northbound.Surroundings(
                client.element(), settings, ManagementAddress.of(settings.managementPort()));
        for (Northbound.Starter starter : starters) {
            Northbound server = opened.push(starter.start(surroundings));
            accesses.execute(() -> {
                servers.add(server);
                tell(server);
            });
        }
        client.acknowledgeEvents();
        LOG.info("the agent runs");
        return client;
    }

    private void onAccess(ClusterAccess now) {
        accesses.execute(() -> {
            access = now;
            servers.forEach(this::tell);
        });
    }

    private void tell(Northbound server) {
        try {
            server.onClusterAccess(access);
        } catch (RuntimeException e) {
            LOG.error("{} does not follow the cluster address", server, e);
        }
    }

    @Override
    public void close() {
        LOG.info("the agent ends");
        opened.close();
    }
}
