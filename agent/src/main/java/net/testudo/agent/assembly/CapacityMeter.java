package net.testudo.agent.assembly;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import net.testudo.element.management.Capacity;
import net.testudo.element.port.CapacityGauge;

/// Measures the hardware once a second, in a thread of its own: what the kernel is asked may keep the asker waiting.
final class CapacityMeter implements CapacityGauge, AutoCloseable {
    private static final Path INTERFACES = Path.of("/sys/class/net");
    /// Of a new sample in the mean, which so is one of about five seconds.
    private static final double WEIGHT = 0.2;
    /// More than any data port has; a driver that knows no speed may say anything.
    private static final int MBPS_MAX = 10_000_000;

    private final Path interfaces;
    private final List<String> ports;
    private final DoubleSupplier load;
    private final int processors;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("capacity-meter").daemon().factory());
    private double meanLoad = -1;
    private volatile Capacity newest = Capacity.UNKNOWN;

    /// @param interfaces a directory for each network interface, as sysfs has it
    /// @param ports names of the data ports
    /// @param load how busy the processors were since the last call, 0 to 1; negative if that is not known
    CapacityMeter(Path interfaces, List<String> ports, DoubleSupplier load, int processors) {
        this.interfaces = interfaces;
        this.ports = ports;
        this.load = load;
        this.processors = processors;
    }

    /// Measures this machine from now on.
    ///
    /// @param ports names of the data ports
    static CapacityMeter start(List<String> ports) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        CapacityMeter meter = new CapacityMeter(
                INTERFACES, ports, system::getCpuLoad, Runtime.getRuntime().availableProcessors());
        var _ = meter.timer.scheduleWithFixedDelay(meter::measure, 0, 1, TimeUnit.SECONDS);
        return meter;
    }

    @Override
    public Capacity capacity() {
        return newest;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /// Takes one sample.
    void measure() {
        double sample = Math.clamp(load.getAsDouble(), 0, 1);
        meanLoad = meanLoad < 0 ? sample : meanLoad + WEIGHT * (sample - meanLoad);
        int mbps = ports.stream().mapToInt(this::linkMbps).sum();
        newest = new Capacity((int) Math.round(100 * meanLoad), processors, mbps);
    }

    /// The kernel refuses to tell the speed of a port without carrier, and knows none of some kinds.
    private int linkMbps(String port) {
        try {
            String speed =
                    Files.readString(interfaces.resolve(port).resolve("speed")).strip();
            int mbps = speed.matches("[0-9]{1,8}") ? Integer.parseInt(speed) : 0;
            return Math.min(mbps, MBPS_MAX);
        } catch (IOException e) {
            return 0;
        }
    }
}
