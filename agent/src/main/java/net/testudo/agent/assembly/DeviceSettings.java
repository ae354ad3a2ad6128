package net.testudo.agent.assembly;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.testudo.element.wire.cluster.DeviceIdentity;

/// What one device is told at its start.
///
/// @param identity what it says of itself
/// @param clusterPort name of the cluster port
/// @param dataPorts names of the data ports by network, in the order given
/// @param managementPort name of the port with this device's own management address
/// @param stateDirectory where its state is kept
/// @param joinKey hexadecimal; empty if it has none and so cannot be admitted; secret
/// @param adminKeys public keys (OpenSSH lines) of the first management user; none if it has no such user
public record DeviceSettings(
        DeviceIdentity identity,
        String clusterPort,
        SequencedMap<String, String> dataPorts,
        String managementPort,
        Path stateDirectory,
        String joinKey,
        List<String> adminKeys) {

    @Override
    public String toString() {
        return "DeviceSettings[" + identity.serial() + ", cluster " + clusterPort + ", data " + Map.copyOf(dataPorts)
                + "]";
    }
}
