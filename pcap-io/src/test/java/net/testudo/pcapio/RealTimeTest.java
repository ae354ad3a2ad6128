package net.testudo.pcapio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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

    /// Of the calling thread.
    private static int nice() throws Exception {
        return field(19);
    }

    private static int policy() throws Exception {
        return field(41);
    }

    /// A number of proc(5) stat, counted from 1; the name in field 2 may hold spaces.
    private static int field(int number) throws Exception {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[number - 3]);
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

    /// It may spin itself, for what others are to do.
    @Test
    void whoWatchesLeavesTheProcessorToOthersForMostOfTheTime() throws Exception {
        int deadline = 6;
        long[] share = inItsOwnThread(() -> {
            if (!RealTime.requestToWatch() || policy() != deadline) {
                return new long[0];
            }
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long startNs = System.nanoTime();
            long usedNs = -threads.getCurrentThreadCpuTime();
            while (System.nanoTime() - startNs < 100 * RealTime.WATCH_PERIOD_NS) {
                Thread.onSpinWait();
            }
            return new long[] {usedNs + threads.getCurrentThreadCpuTime(), System.nanoTime() - startNs};
        });
        assumeTrue(share.length > 0, "needs CAP_SYS_NICE, and all processors");
        assertTrue(share[0] < share[1] / 3, "ns of processor time " + share[0] + " in " + share[1]);
    }

    /// A process that was started while its parent was preferred would be so for its whole life.
    @Test
    void whatAPreferredThreadStartsIsNotPreferred() throws Exception {
        Optional<Integer> child = inItsOwnThread(() -> {
            RealTime.pretend();
            RealTime.giveWay();
            boolean granted = nice() < 0;
            int started = inItsOwnThread(RealTimeTest::nice);
            RealTime.takeWay();
            RealTime.endPretence();
            return granted ? Optional.of(started) : Optional.empty();
        });
        assumeTrue(child.isPresent(), "needs CAP_SYS_NICE");
        assertEquals(nice(), child.orElseThrow());
    }
}
