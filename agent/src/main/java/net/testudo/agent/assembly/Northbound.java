package net.testudo.agent.assembly;

import java.io.IOException;
import java.net.InetAddress;
import net.testudo.agent.ClusterAccess;
import net.testudo.agent.ElementClient;

/// A server towards managers (NETCONF, SNMP), started by the assembly. Its calls come from one thread, one at a time,
/// and may block.
public interface Northbound extends AutoCloseable {
    /// Makes a server.
    @FunctionalInterface
    interface Starter {
        /// @param surroundings what the server is given
        /// @throws IOException if it cannot start: one line that says what to do
        Northbound start(Surroundings surroundings) throws IOException;
    }

    /// What a server is given.
    ///
    /// @param element has published a snapshot already
    /// @param settings of the agent
    /// @param managementAddress of this device's management port
    record Surroundings(ElementClient element, AgentSettings settings, InetAddress managementAddress) {}

    /// What this device may serve at the cluster address changed. Called once before anything else.
    void onClusterAccess(ClusterAccess access);

    @Override
    void close();
}
