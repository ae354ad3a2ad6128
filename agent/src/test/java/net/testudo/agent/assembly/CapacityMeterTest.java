package net.testudo.agent.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import net.testudo.element.management.Capacity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapacityMeterTest {
    @TempDir
    private Path interfaces;

    private final ArrayDeque<Double> loads = new ArrayDeque<>();

    private CapacityMeter meter(String... ports) {
        return new CapacityMeter(interfaces, List.of(ports), loads::remove, 4);
    }

    private void port(String name, String speed) throws IOException {
        Files.writeString(Files.createDirectory(interfaces.resolve(name)).resolve("speed"), speed + "\n");
    }

    @Test
    void speedsOfTheDataPortsAreAdded() throws IOException {
        port("eth1", "1000");
        port("eth2", "10000");
        port("eth3", "-1");
        loads.add(0.5);
        try (CapacityMeter meter = meter("eth1", "eth2", "eth3", "missing")) {
            assertEquals(Capacity.UNKNOWN, meter.capacity());
            meter.measure();
            assertEquals(new Capacity(50, 4, 11_000), meter.capacity());
        }
    }

    @Test
    void theLoadIsAMeanInWhichAPeakCountsLittle() {
        loads.addAll(List.of(0.2, 0.2, 1.0, 0.2, -1.0));
        try (CapacityMeter meter = meter()) {
            meter.measure();
            meter.measure();
            meter.measure();
            assertEquals(36, meter.capacity().load());
            meter.measure();
            meter.measure();
            assertTrue(meter.capacity().load() < 36);
        }
    }

    @Test
    void thisMachineHasProcessors() {
        try (CapacityMeter meter = CapacityMeter.start(List.of())) {
            meter.measure();
            assertTrue(meter.capacity().processors() > 0);
        }
    }
}
