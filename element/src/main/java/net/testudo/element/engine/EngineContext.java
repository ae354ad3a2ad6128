package net.testudo.element.engine;

import java.util.List;
import net.testudo.element.cluster.Timing;
import net.testudo.element.flow.FlowLimits;
import net.testudo.element.port.CapacityGauge;
import net.testudo.element.port.CertificateAuthenticator;
import net.testudo.element.port.ClockGauge;
import net.testudo.element.port.DataPort;
import net.testudo.element.port.EntropySource;
import net.testudo.element.port.ManagementPort;
import net.testudo.element.port.PacketPort;
import net.testudo.element.port.StateStore;
import net.testudo.element.port.WallClock;
import net.testudo.element.wire.cluster.DeviceIdentity;
import org.jspecify.annotations.Nullable;

/// All that an [Engine] is given by its surroundings.
///
/// @param identity what the device says of itself
/// @param joinKey of this device, hexadecimal; empty if it has none; secret
/// @param certificates by which it can prove itself and others to it, or null if it has none
/// @param timing times of the cluster protocol
/// @param clusterPort the dedicated cluster port
/// @param dataPorts the data ports, at most 8, one per network
/// @param localPort towards the device's own network stack (a TAP), or null where nothing local is served
/// @param flowLimits sizes of the flow functions
/// @param store durable state
/// @param management the agent
/// @param entropy random octets
/// @param wallClock what people's clocks show
/// @param capacity what is measured of the hardware
/// @param clock what the system says of its wall clock
public record EngineContext(
        DeviceIdentity identity,
        String joinKey,
        @Nullable CertificateAuthenticator certificates,
        Timing timing,
        PacketPort clusterPort,
        List<DataPort> dataPorts,
        @Nullable PacketPort localPort,
        FlowLimits flowLimits,
        StateStore store,
        ManagementPort management,
        EntropySource entropy,
        WallClock wallClock,
        CapacityGauge capacity,
        ClockGauge clock) {
    @Override
    public String toString() {
        return "EngineContext[" + identity.serial() + "]";
    }
}
