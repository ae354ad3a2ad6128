package net.testudo.agent.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.testudo.pcapio.PortWait;
import org.junit.jupiter.api.Test;

class DutyCycleTest {
    private static final long NEVER_NS = TimeUnit.HOURS.toNanos(1);

    private final CompletableFuture<Throwable> fault = new CompletableFuture<>();
    private final Semaphore turns = new Semaphore(0);

    @Test
    void aWakeUpBringsATurn() throws Exception {
        try (PortWait wait = new PortWait();
                DutyCycle cycle = new DutyCycle(wait, fault::complete)) {
            cycle.start(_ -> new CountedTurns(NEVER_NS, 0));
            assertTrue(turns.tryAcquire(10, TimeUnit.SECONDS), "the first turn comes by itself");
            for (int i = 0; i < 100; i++) {
                turns.drainPermits();
                wait.wakeUp();
                assertTrue(turns.tryAcquire(10, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void aDeadlineBringsATurn() throws Exception {
        try (PortWait wait = new PortWait();
                DutyCycle cycle = new DutyCycle(wait, fault::complete)) {
            cycle.start(_ -> new CountedTurns(TimeUnit.MILLISECONDS.toNanos(1), 0));
            assertTrue(turns.tryAcquire(20, 10, TimeUnit.SECONDS));
            assertTrue(cycle.takeLatenessNs() >= 0);
            assertTrue(cycle.takeLongestTurnNs() > 0);
        }
    }

    @Test
    void aDeadlineThatStandsStillTakesNoWholeCore() throws Exception {
        try (PortWait wait = new PortWait();
                DutyCycle cycle = new DutyCycle(wait, fault::complete)) {
            long startNs = System.nanoTime();
            cycle.start(_ -> new CountedTurns(-1, 0));
            assertTrue(turns.tryAcquire(101, 10, TimeUnit.SECONDS));
            assertTrue(System.nanoTime() - startNs >= 100 * 20_000L, "each turn without work is followed by a wait");
        }
    }

    @Test
    void aFaultOfTheEngineEndsTheTurnsAndIsTold() throws Exception {
        try (PortWait wait = new PortWait();
                DutyCycle cycle = new DutyCycle(wait, fault::complete)) {
            cycle.start(_ -> new CountedTurns(NEVER_NS, 1));
            assertEquals("turn 1 fails", fault.get(10, TimeUnit.SECONDS).getMessage());
        }
    }

    private final class CountedTurns implements DutyCycle.Turns {
        private final long periodNs;
        private final int failAt;
        private final AtomicInteger count = new AtomicInteger();

        CountedTurns(long periodNs, int failAt) {
            this.periodNs = periodNs;
            this.failAt = failAt;
        }

        @Override
        public int doWork(long nowNs) {
            turns.release();
            if (count.incrementAndGet() == failAt) {
                throw new IllegalStateException("turn " + failAt + " fails");
            }
            return 0;
        }

        @Override
        public boolean hasMore() {
            return false;
        }

        @Override
        public long nextDeadlineNs() {
            return System.nanoTime() + periodNs;
        }
    }
}
