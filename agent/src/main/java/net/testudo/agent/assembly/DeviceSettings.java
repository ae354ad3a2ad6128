package net.testudo.agent.assembly;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import net.testudo.agent.keystore.DeviceCredentials;
import net.testudo.element.wire.cluster.DeviceIdentity;
import net.testudo.pcapio.PacketIo;

/// What one device is told at its start.
///
/// @param identity what it says of itself
/// @param clusterPort name of the cluster port
/// @param dataPorts names of the data ports by network, in the order given
/// @param packetIo by what its ports carry frames
/// @param joinKey hexadecimal; empty if it has none; secret
/// @param credentials by which it proves itself without a join key, if it has any
/// @param deviceKeyFile with the key under which it stores what it knows
/// @param flows how many flows its tables hold
/// @param agent what its agent is told
public record DeviceSettings(
        DeviceIdentity identity,
        String clusterPort,
        SequencedMap<String, String> dataPorts,
        PacketIo packetIo,
        String joinKey,
        Optional<DeviceCredentials> credentials,
        Path deviceKeyFile,
        int flows,
        AgentSettings agent) {

    @Override
    public String toString() {
        return "DeviceSettings[" + identity.serial() + ", cluster " + clusterPort + ", data " + Map.copyOf(dataPorts)
                + "]";
    }
}
