package net.testudo.agent.assembly;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import net.testudo.pcapio.RealTime;
import org.jspecify.annotations.Nullable;

/// The thread that owns the engine: one turn after the other while there is work, else it waits for a wake-up or the
/// next deadline. It makes the engine itself, once it knows whether it may run in real time.
final class DutyCycle implements AutoCloseable {
    /// What a turn needs of the engine.
    interface Turns {
        /// One turn.
        ///
        /// @return 0 if there was nothing to do
        int doWork(long nowNs);

        /// When the next turn is due at the latest.
        long nextDeadlineNs();
    }

    /// Shortest wait: an engine whose deadline stands still must not take a core for itself at real-time priority.
    private static final long WAIT_NS_MIN = 20_000;

    private static final long WAIT_NS_MAX = 100_000_000;
    private static final long NEVER_NS = Long.MAX_VALUE;

    private final Consumer<Throwable> onFault;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final AtomicLong latenessNsMax = new AtomicLong();
    private final AtomicLong longestTurnNs = new AtomicLong();
    private @Nullable Thread thread;
    private volatile boolean closed;
    private volatile long dueNs = NEVER_NS;

    /// @param onFault called by the duty cycle's thread when the engine failed; there are no more turns
    DutyCycle(Consumer<Throwable> onFault) {
        this.onFault = onFault;
    }

    /// @param engine makes the engine, given whether real-time scheduling was granted
    void start(Function<Boolean, Turns> engine) {
        thread = Thread.ofPlatform().name("duty-cycle").start(() -> run(engine));
    }

    /// Something waits for the engine. May be called by any thread, before the start too; never blocks.
    void wakeUp() {
        if (!awake.get() && awake.compareAndSet(false, true)) {
            LockSupport.unpark(thread);
        }
    }

    /// How late a turn began after its deadline at most since the last call, in nanoseconds.
    long takeLatenessNs() {
        return latenessNsMax.getAndSet(0);
    }

    /// How long a turn took at most since the last call, in nanoseconds.
    long takeLongestTurnNs() {
        return longestTurnNs.getAndSet(0);
    }

    /// How long the present turn runs already, or its begin is overdue, in nanoseconds; negative if neither.
    long overdueNs(long nowNs) {
        long due = dueNs;
        return due == NEVER_NS ? -1 : nowNs - due;
    }

    /// Ends the turns; the last one is complete when this returns.
    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running == null) {
            return;
        }
        LockSupport.unpark(running);
        try {
            running.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    // The element stops when its state is not sure any more: others take over then (fail-stop). So everything is
    // caught, errors too, and told.
    @SuppressWarnings("CatchThrowable")
    private void run(Function<Boolean, Turns> engine) {
        try {
            turn(engine.apply(RealTime.request()));
        } catch (Throwable e) {
            onFault.accept(e);
        } finally {
            dueNs = NEVER_NS;
            RealTime.end();
        }
    }

    private void turn(Turns turns) {
        long nowNs = System.nanoTime();
        while (!closed) {
            awake.set(false);
            dueNs = nowNs;
            int work = turns.doWork(nowNs);
            long endNs = System.nanoTime();
            if (endNs - nowNs > longestTurnNs.get()) {
                longestTurnNs.set(endNs - nowNs);
            }
            nowNs = work == 0 ? await(turns.nextDeadlineNs(), endNs) : endNs;
        }
    }

    /// @return the time at its end
    private long await(long deadlineNs, long fromNs) {
        dueNs = deadlineNs;
        if (!awake.get()) {
            LockSupport.parkNanos(this, Math.clamp(deadlineNs - fromNs, WAIT_NS_MIN, WAIT_NS_MAX));
        }
        long nowNs = System.nanoTime();
        if (nowNs - deadlineNs > latenessNsMax.get()) {
            latenessNsMax.set(nowNs - deadlineNs);
        }
        return nowNs;
    }
}
