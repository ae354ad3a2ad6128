package net.testudo.agent.assembly;

import java.util.Map;
import java.util.SequencedMap;
import net.testudo.element.wire.cluster.DeviceIdentity;

/// What one device is told at its start.
///
/// @param identity what it says of itself
/// @param clusterPort name of the cluster port
/// @param dataPorts names of the data ports by network, in the order given
/// @param joinKey hexadecimal; empty if it has none and so cannot be admitted; secret
/// @param agent what its agent is told
public record DeviceSettings(
        DeviceIdentity identity,
        String clusterPort,
        SequencedMap<String, String> dataPorts,
        String joinKey,
        AgentSettings agent) {

    @Override
    public String toString() {
        return "DeviceSettings[" + identity.serial() + ", cluster " + clusterPort + ", data " + Map.copyOf(dataPorts)
                + "]";
    }
}
