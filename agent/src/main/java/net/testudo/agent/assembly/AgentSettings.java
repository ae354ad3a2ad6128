package net.testudo.agent.assembly;

import java.nio.file.Path;
import java.util.List;

/// What the agent of one device is told at its start.
///
/// @param stateDirectory of the device; the element's socket is in it
/// @param managementPort name of the port with this device's own management address
/// @param adminKeys public keys (OpenSSH lines) of the first management user; none if it has no such user
/// @param hostKey the device's own SSH host key, as text; empty as long as the state was not read; secret
public record AgentSettings(Path stateDirectory, String managementPort, List<String> adminKeys, String hostKey) {
    /// The same with a host key.
    public AgentSettings withHostKey(String text) {
        return new AgentSettings(stateDirectory, managementPort, adminKeys, text);
    }

    @Override
    public String toString() {
        return "AgentSettings[" + stateDirectory + ", " + managementPort + "]";
    }
}
