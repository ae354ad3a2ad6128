package net.testudo.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// What this machine's processors did: since its start, or between two moments. All processors together, in
/// milliseconds, as the kernel counts (proc_stat(5)).
///
/// @param busyMs they worked
/// @param idleMs there was nothing to do
/// @param stolenMs the hypervisor gave them to somebody else while there was something to do; real-time scheduling
///     does not help against it
public record ProcessorTime(long busyMs, long idleMs, long stolenMs) {
    private static final Path STAT = Path.of("/proc/stat");
    /// USER_HZ is 100 on all that Java runs on.
    private static final int MS_PER_TICK = 10;
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int STOLEN = 7;
    private static final int ALL = 8;
    private static final double PERCENT = 100;

    /// Since the machine's start.
    public static ProcessorTime now() {
        try {
            return parse(Files.readString(STAT));
        } catch (IOException e) {
            throw new LabException("cannot read " + STAT + ": " + e, e);
        }
    }

    /// Of the text of `/proc/stat`.
    static ProcessorTime parse(String stat) {
        String[] fields = stat.lines().findFirst().orElse("").trim().split(" +", -1);
        long[] ticks = Arrays.stream(fields)
                .skip(1)
                .limit(ALL)
                .mapToLong(Long::parseLong)
                .toArray();
        long idle = ticks[IDLE] + ticks[IO_WAIT];
        long stolen = ticks[STOLEN];
        long busy = Arrays.stream(ticks).sum() - idle - stolen;
        return new ProcessorTime(busy * MS_PER_TICK, idle * MS_PER_TICK, stolen * MS_PER_TICK);
    }

    /// From an earlier moment to this one.
    public ProcessorTime since(ProcessorTime earlier) {
        return new ProcessorTime(busyMs - earlier.busyMs, idleMs - earlier.idleMs, stolenMs - earlier.stolenMs);
    }

    /// In one line.
    public String text() {
        double all = Math.max(1, busyMs + idleMs + stolenMs);
        return "processors: %.0f %% busy, %.1f %% taken away by the hypervisor"
                .formatted(PERCENT * busyMs / all, PERCENT * stolenMs / all);
    }
}
