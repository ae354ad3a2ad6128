package net.testudo.element.engine;

import java.util.List;
import net.testudo.element.cluster.Timing;
import org.jspecify.annotations.Nullable;

/// All that an [Engine] is given by its surroundings.
///
/// @param identity what the device says of itself
/// @param timing times of the cluster protocol
/// @param clusterPort the dedicated cluster port
/// @param dataPorts the data ports, at most 8, one per network
/// @param localPort towards the device's own network stack (a TAP), or null where nothing local is served
/// @param store durable state
/// @param management the agent
/// @param entropy random octets
public record EngineContext(
        DeviceIdentity identity,
        Timing timing,
        PacketPort clusterPort,
        List<DataPort> dataPorts,
        @Nullable PacketPort localPort,
        StateStore store,
        ManagementPort management,
        EntropySource entropy) {}
