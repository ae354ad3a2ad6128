package net.testudo.agent.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.testudo.element.management.SystemClock;
import net.testudo.element.management.SystemClock.Source;
import net.testudo.element.management.SystemClock.Sync;
import net.testudo.pcapio.KernelClock.Reading;
import net.testudo.pcapio.KernelClock.State;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("FRM-13")
class ClockWatchTest {
    @TempDir
    private Path run;

    @Test
    void theKernelSaysWhetherAndAFileByWhat() {
        assertEquals(
                new SystemClock(Sync.SYNCHRONIZED, Source.CHRONY, 12),
                ClockWatch.systemClock(new Reading(State.SYNCHRONIZED, 12), Source.CHRONY));
        assertEquals(
                new SystemClock(Sync.SYNCHRONIZED, Source.KERNEL, 12),
                ClockWatch.systemClock(new Reading(State.SYNCHRONIZED, 12), Source.UNKNOWN));
        assertEquals(
                new SystemClock(Sync.UNSYNCHRONIZED, Source.TIMESYNCD, 0),
                ClockWatch.systemClock(new Reading(State.UNSYNCHRONIZED, 0), Source.TIMESYNCD));
        assertEquals(SystemClock.UNKNOWN, ClockWatch.systemClock(new Reading(State.UNKNOWN, 0), Source.NTPD));
    }

    @Test
    void aProgramIsKnownByItsFile() throws IOException {
        Path file = run.resolve("chronyd.pid");
        List<Map.Entry<Path, Source>> programs = List.of(Map.entry(file, Source.CHRONY));
        assertEquals(Source.UNKNOWN, ClockWatch.source(programs));
        Files.writeString(file, "1");
        assertEquals(Source.CHRONY, ClockWatch.source(programs));
    }
}
