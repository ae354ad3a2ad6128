package net.testudo.agent.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
    private static final int SCHED_DEADLINE = 6;
    private static final int NICE_USUAL = 0;
    private static final int NICE_PREFERRED = -10;
    /// Of the fields of proc(5) after the name of the command.
    private static final int NICE_FIELD = 16;

    private static final int POLICY_FIELD = 38;

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
    void whatATurnMayWaitForIsPreferredUntilItHasEnded() throws Exception {
        Path thread = startAnother();
        DutyCycle cycle = startWithATurnThatWaits();
        try (RealTimeGuard _ = RealTimeGuard.start(cycle);
                cycle;
                AutoCloseable _ = release::countDown) {
            assumeTrue(granted.get(10, TimeUnit.SECONDS), "this process may not use real-time scheduling");
            awaitWatching();
            awaitNice(thread, NICE_PREFERRED);
            release.countDown();
            awaitNice(thread, NICE_USUAL);
        } finally {
            done.countDown();
        }
    }

    /// A real-time thread that spins keeps all that are not among the preferred from a processor.
    @Test
    void whoIsPreferredIsNoRealTimeThread() throws Exception {
        Path other = startAnother();
        DutyCycle cycle = startWithATurnThatWaits();
        try (RealTimeGuard _ = RealTimeGuard.start(cycle);
                cycle;
                AutoCloseable _ = release::countDown) {
            assumeTrue(granted.get(10, TimeUnit.SECONDS), "this process may not use real-time scheduling");
            awaitWatching();
            long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            for (int preferred = 0; preferred < 200; ) {
                assertTrue(System.nanoTime() - untilNs < 0, "seen so often as preferred within 10 s: " + preferred);
                preferred += nice(other) == NICE_PREFERRED ? 1 : 0;
                assertEquals(SCHED_OTHER, policy(other));
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
        for (Path thread : List.of(Path.of("/proc/thread-self"), other)) {
            assertEquals(SCHED_OTHER, policy(thread));
            assertEquals(NICE_USUAL, nice(thread));
        }
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
        // Where the machine keeps the process from some processors, there is no share of the time to be had.
        awaitField(guards.getFirst(), POLICY_FIELD, Set.of(SCHED_DEADLINE, SCHED_FIFO));
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

    private static void awaitPolicy(Path thread, int expected) throws IOException {
        awaitField(thread, POLICY_FIELD, Set.of(expected));
    }

    private static void awaitNice(Path thread, int expected) throws IOException {
        awaitField(thread, NICE_FIELD, Set.of(expected));
    }

    /// Read once a time: what a turn that does not end brings comes and goes.
    private static void awaitField(Path thread, int field, Set<Integer> expected) throws IOException {
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!expected.contains(field(thread, field))) {
            assertTrue(System.nanoTime() - untilNs < 0, "field " + field + " never is " + expected);
            LockSupport.parkNanos(100_000);
        }
    }

    private static int policy(Path thread) throws IOException {
        return field(thread, POLICY_FIELD);
    }

    private static int nice(Path thread) throws IOException {
        return field(thread, NICE_FIELD);
    }

    private static int field(Path thread, int field) throws IOException {
        String stat = Files.readString(thread.resolve("stat"));
        String fields = stat.substring(stat.lastIndexOf(')') + 2);
        return Integer.parseInt(fields.split(" ", -1)[field]);
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
