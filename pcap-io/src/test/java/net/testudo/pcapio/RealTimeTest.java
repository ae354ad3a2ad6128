package net.testudo.pcapio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// Which processor time a thread is given; looked up in the kernel.
class RealTimeTest {
    private static <T> T inItsOwnThread(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().start(task);
        return task.get();
    }

    /// Field 19 of proc(5) stat; the name in field 2 may hold spaces.
    private static int nice() throws Exception {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Integer.parseInt(fields[16]);
    }

    @Test
    void aPreferredThreadIsFirstOfTheOrdinaryOnesAndNoOtherIs() throws Exception {
        int before = nice();
        Optional<Integer> preferred =
                inItsOwnThread(() -> RealTime.requestPreference() ? Optional.of(nice()) : Optional.empty());
        assumeTrue(preferred.isPresent(), "needs CAP_SYS_NICE");
        assertEquals(-20, preferred.orElseThrow());
        assertEquals(before, nice());
    }

    @Test
    void whoMayNotIsTold() throws Exception {
        assertFalse(inItsOwnThread(() -> {
            try {
                Capabilities.dropAll();
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
            return RealTime.requestPreference();
        }));
    }
}
