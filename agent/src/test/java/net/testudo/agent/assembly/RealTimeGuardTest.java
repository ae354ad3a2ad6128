package net.testudo.agent.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import net.testudo.pcapio.PortWait;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RealTimeGuardTest {
    private static final int SCHED_OTHER = 0;
    private static final int SCHED_FIFO = 1;
    /// Of the fields of proc(5) after the name of the command.
    private static final int POLICY_FIELD = 38;
    /// The guard changes no policy twice in such a time.
    private static final long SHORTER_THAN_A_PERIOD_NS = 1_000_000;

    private final CompletableFuture<Path> dutyCycle = new CompletableFuture<>();
    private final CompletableFuture<Boolean> granted = new CompletableFuture<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final PortWait wait = new PortWait();

    /// After the duty cycle, which the tests close themselves.
    @AfterEach
    void closeWait() {
        wait.close();
    }

    @Test
    void aTurnThatDoesNotEndIsNoLongerRealTimeUntilItHasEnded() throws Exception {
        DutyCycle cycle = startWithATurnThatWaits();
        try (RealTimeGuard _ = RealTimeGuard.start(cycle);
                cycle;
                AutoCloseable _ = release::countDown) {
            assumeTrue(granted.get(10, TimeUnit.SECONDS), "this process may not use real-time scheduling");
            Path thread = dutyCycle.get(10, TimeUnit.SECONDS);
            awaitWatching();
            awaitPolicy(thread, SCHED_OTHER);
            release.countDown();
            awaitPolicy(thread, SCHED_FIFO);
        }
    }

    @Test
    void whatATurnMayWaitForIsRealTimeUntilItHasEnded() throws Exception {
        Path thread = startAnother();
        DutyCycle cycle = startWithATurnThatWaits();
        try (RealTimeGuard _ = RealTimeGuard.start(cycle);
                cycle;
                AutoCloseable _ = release::countDown) {
            assumeTrue(granted.get(10, TimeUnit.SECONDS), "this process may not use real-time scheduling");
            awaitWatching();
            awaitPolicy(thread, SCHED_FIFO);
            release.countDown();
            awaitPolicy(thread, SCHED_OTHER);
        } finally {
            done.countDown();
        }
    }

    /// A thread of lower real-time priority than one that never waits gets no processor at all.
    @Test
    void noOtherThreadIsRealTimeWhileTheTurnIs() throws Exception {
        Path other = startAnother();
        DutyCycle cycle = startWithATurnThatWaits();
        try (RealTimeGuard _ = RealTimeGuard.start(cycle);
                cycle;
                AutoCloseable _ = release::countDown) {
            assumeTrue(granted.get(10, TimeUnit.SECONDS), "this process may not use real-time scheduling");
            Path turn = dutyCycle.get(10, TimeUnit.SECONDS);
            awaitWatching();
            long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            for (int lent = 0; lent < 200; ) {
                long startNs = System.nanoTime();
                assertTrue(startNs - untilNs < 0, "seen so often as a real-time thread within 10 s: " + lent);
                boolean lentBefore = policy(other) == SCHED_FIFO;
                boolean isRealTime = policy(turn) == SCHED_FIFO;
                boolean lentThroughout = lentBefore && policy(other) == SCHED_FIFO;
                if (lentThroughout && System.nanoTime() - startNs < SHORTER_THAN_A_PERIOD_NS) {
                    lent++;
                    assertFalse(isRealTime, "both are real-time threads");
                }
            }
        } finally {
            done.countDown();
        }
    }

    /// A rehearsal leaves the calling thread as it was.
    @Test
    void rehearsalChangesNoThread() throws Exception {
        Path other = startAnother();
        RealTimeGuard.rehearse(new DutyCycle(wait, dutyCycle::completeExceptionally));
        assertEquals(SCHED_OTHER, policy(Path.of("/proc/thread-self")));
        assertEquals(SCHED_OTHER, policy(other));
        done.countDown();
    }

    private Path startAnother() throws Exception {
        CompletableFuture<Path> other = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                other.complete(Path.of("/proc/thread-self").toRealPath());
                done.await();
            } catch (IOException | InterruptedException e) {
                other.completeExceptionally(e);
            }
        });
        return other.get(10, TimeUnit.SECONDS);
    }

    private DutyCycle startWithATurnThatWaits() {
        DutyCycle cycle = new DutyCycle(wait, dutyCycle::completeExceptionally);
        cycle.start(realTime -> {
            granted.complete(realTime);
            return new TurnThatWaits();
        });
        return cycle;
    }

    /// Waits until the guard is a real-time thread.
    private static void awaitWatching() throws IOException {
        List<Path> guards = guards();
        while (guards.size() != 1) {
            LockSupport.parkNanos(100_000);
            guards = guards();
        }
        awaitPolicy(guards.getFirst(), SCHED_FIFO);
    }

    private static List<Path> guards() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.filter(RealTimeGuardTest::isGuard).toList();
        }
    }

    private static boolean isGuard(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip().equals("real-time-guard");
        } catch (IOException _) {
            return false; // it ended just now
        }
    }

    /// Read once a time: the policy of a turn that does not end comes and goes.
    private static void awaitPolicy(Path thread, int expected) throws IOException {
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (policy(thread) != expected) {
            assertTrue(System.nanoTime() - untilNs < 0, "policy " + expected + " does not come");
            LockSupport.parkNanos(100_000);
        }
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
        public boolean hasMore() {
            return false;
        }

        @Override
        public long nextDeadlineNs() {
            return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
        }
    }
}
