package net.testudo.agent.snmp;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread on which notifications are sent and new revisions are taken over. A task that fails is logged and
/// ends nothing else; after [#close] tasks are dropped.
final class NotifyThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotifyThread.class);
    private static final long CLOSE_TIMEOUT_S = 5;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("snmp-notify").factory());

    /// Runs a task soon.
    void execute(Runnable task) {
        schedule(task, 0);
    }

    /// Runs a task later.
    void schedule(Runnable task, long delayMs) {
        try {
            var _ = executor.schedule(() -> logged(task), delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("SNMP: a task came after the agent was closed", e);
        }
    }

    private static void logged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("SNMP: a task failed", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_TIMEOUT_S, TimeUnit.SECONDS)) {
                LOG.warn("SNMP: the notification thread did not end within {} s", CLOSE_TIMEOUT_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
