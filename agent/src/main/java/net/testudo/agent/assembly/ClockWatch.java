package net.testudo.agent.assembly;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.testudo.element.management.SystemClock;
import net.testudo.element.management.SystemClock.Source;
import net.testudo.element.management.SystemClock.Sync;
import net.testudo.element.port.ClockGauge;
import net.testudo.pcapio.KernelClock;

/// Asks the system every few seconds whether its wall clock is synchronised (FRM-13), on a thread of its own. The
/// kernel knows whether (adjtimex), whichever program keeps it so; which one it is, the files show that it leaves
/// while it runs.
final class ClockWatch implements ClockGauge, AutoCloseable {
    private static final long PERIOD_S = 5;
    private static final List<Map.Entry<Path, Source>> PROGRAMS = List.of(
            Map.entry(Path.of("/run/chrony/chronyd.pid"), Source.CHRONY),
            Map.entry(Path.of("/run/ntpd.pid"), Source.NTPD),
            Map.entry(Path.of("/run/systemd/timesync/synchronized"), Source.TIMESYNCD));

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("clock-watch").daemon().factory());
    private volatile SystemClock newest = SystemClock.UNKNOWN;

    private ClockWatch() {}

    /// Asks from now on.
    static ClockWatch start() {
        ClockWatch watch = new ClockWatch();
        var _ = watch.timer.scheduleWithFixedDelay(watch::ask, 0, PERIOD_S, TimeUnit.SECONDS);
        return watch;
    }

    @Override
    public SystemClock systemClock() {
        return newest;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void ask() {
        newest = systemClock(KernelClock.read(), source(PROGRAMS));
    }

    /// What the kernel's answer and the program that runs say together.
    static SystemClock systemClock(KernelClock.Reading kernel, Source program) {
        return switch (kernel.state()) {
            case UNKNOWN -> SystemClock.UNKNOWN;
            case UNSYNCHRONIZED -> new SystemClock(Sync.UNSYNCHRONIZED, program, 0);
            case SYNCHRONIZED ->
                new SystemClock(
                        Sync.SYNCHRONIZED,
                        program == Source.UNKNOWN ? Source.KERNEL : program,
                        Math.clamp(kernel.errorUs(), 0, Integer.MAX_VALUE));
        };
    }

    /// The program of which a file is there.
    static Source source(List<Map.Entry<Path, Source>> programs) {
        for (Map.Entry<Path, Source> program : programs) {
            if (Files.exists(program.getKey())) {
                return program.getValue();
            }
        }
        return Source.UNKNOWN;
    }
}
