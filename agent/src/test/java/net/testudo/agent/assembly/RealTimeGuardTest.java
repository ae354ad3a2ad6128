package net.testudo.agent.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RealTimeGuardTest {
    private static final int SCHED_OTHER = 0;
    private static final int SCHED_FIFO = 1;
    /// Of the fields of proc(5) after the name of the command.
    private static final int POLICY_FIELD = 38;

    private final CompletableFuture<Path> dutyCycle = new CompletableFuture<>();
    private final CompletableFuture<Boolean> granted = new CompletableFuture<>();
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void aTurnThatDoesNotEndIsNoLongerRealTimeUntilItHasEnded() throws Exception {
        DutyCycle cycle = new DutyCycle(dutyCycle::completeExceptionally);
        cycle.start(realTime -> {
            granted.complete(realTime);
            return new TurnThatWaits();
        });
        try (RealTimeGuard _ = new RealTimeGuard(cycle);
                cycle) {
            assumeTrue(granted.get(10, TimeUnit.SECONDS), "this process may not use real-time scheduling");
            Path thread = dutyCycle.get(10, TimeUnit.SECONDS);
            awaitPolicy(thread, SCHED_OTHER);
            release.countDown();
            awaitPolicy(thread, SCHED_FIFO);
        } finally {
            release.countDown();
        }
    }

    private static void awaitPolicy(Path thread, int expected) throws IOException {
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (policy(thread) != expected && System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(100_000);
        }
        assertEquals(expected, policy(thread));
    }

    private static int policy(Path thread) throws IOException {
        String stat = Files.readString(thread.resolve("stat"));
        String fields = stat.substring(stat.lastIndexOf(')') + 2);
        return Integer.parseInt(fields.split(" ", -1)[POLICY_FIELD]);
    }

    /// The first turn waits, as one does whose lock is held by somebody else.
    private final class TurnThatWaits implements DutyCycle.Turns {
        @Override
        public int doWork(long nowNs) {
            try {
                dutyCycle.complete(Path.of("/proc/thread-self").toRealPath());
                release.await();
                return 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public long nextDeadlineNs() {
            return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
        }
    }
}
