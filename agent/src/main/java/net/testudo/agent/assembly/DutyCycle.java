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

    private final Consumer<Throwable> onFault;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final AtomicLong latenessNsMax = new AtomicLong();
    private @Nullable Thread thread;
    private volatile boolean closed;

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
        }
    }

    private void turn(Turns turns) {
        while (!closed) {
            awake.set(false);
            if (turns.doWork(System.nanoTime()) == 0) {
                await(turns.nextDeadlineNs());
            }
        }
    }

    private void await(long deadlineNs) {
        long waitNs = Math.clamp(deadlineNs - System.nanoTime(), WAIT_NS_MIN, WAIT_NS_MAX);
        if (!awake.get()) {
            LockSupport.parkNanos(this, waitNs);
        }
        long lateNs = System.nanoTime() - deadlineNs;
        if (lateNs > latenessNsMax.get()) {
            latenessNsMax.set(lateNs);
        }
    }
}
