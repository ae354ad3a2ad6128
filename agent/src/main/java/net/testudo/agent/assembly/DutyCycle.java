package net.testudo.agent.assembly;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import net.testudo.pcapio.PortWait;
import net.testudo.pcapio.RealTime;
import org.jspecify.annotations.Nullable;

/// The thread that owns the engine: one turn after the other while there is work, else it waits for a frame, a wake-up
/// or the next deadline. It makes the engine itself, once it knows whether it may run in real time.
final class DutyCycle implements AutoCloseable {
    /// What a turn needs of the engine.
    interface Turns {
        /// One turn.
        ///
        /// @return 0 if there was nothing to do
        int doWork(long nowNs);

        /// Whether the last turn left something waiting, so that the next one is due at once.
        boolean hasMore();

        /// When the next turn is due at the latest.
        long nextDeadlineNs();
    }

    /// Shortest wait: an engine whose deadline stands still must not take a core for itself at real-time priority.
    private static final long WAIT_NS_MIN = 20_000;

    /// Longest wait after a turn with work: what it changed may want a turn before the deadline. The next packet brings
    /// that sooner.
    private static final long WAIT_AFTER_WORK_NS_MAX = 500_000;

    private static final long WAIT_NS_MAX = 100_000_000;
    private static final long NEVER_NS = Long.MAX_VALUE;

    private final PortWait wait;
    private final Consumer<Throwable> onFault;
    private final AtomicLong latenessNsMax = new AtomicLong();
    private final AtomicLong longestTurnNs = new AtomicLong();
    private @Nullable Thread thread;
    private volatile boolean closed;
    private volatile long dueNs = NEVER_NS;

    /// @param wait where the ports of the engine tell of frames, and others that something waits for the engine
    /// @param onFault called by the duty cycle's thread when the engine failed; there are no more turns
    DutyCycle(PortWait wait, Consumer<Throwable> onFault) {
        this.wait = wait;
        this.onFault = onFault;
    }

    /// @param engine makes the engine, given whether real-time scheduling was granted
    void start(Function<Boolean, Turns> engine) {
        thread = Thread.ofPlatform().name("duty-cycle").start(() -> run(engine));
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
        wait.wakeUp();
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
            wait.answerWakeUps();
            dueNs = nowNs;
            int work = turns.doWork(nowNs);
            long endNs = System.nanoTime();
            if (endNs - nowNs > longestTurnNs.get()) {
                longestTurnNs.set(endNs - nowNs);
            }
            nowNs = turns.hasMore() ? endNs : await(turns, work, endNs);
        }
    }

    /// @return the time at its end
    private long await(Turns turns, int work, long fromNs) {
        long deadlineNs = turns.nextDeadlineNs();
        if (work > 0) {
            deadlineNs = Math.min(deadlineNs, fromNs + WAIT_AFTER_WORK_NS_MAX);
        }
        dueNs = deadlineNs;
        wait.await(Math.clamp(deadlineNs - fromNs, WAIT_NS_MIN, WAIT_NS_MAX));
        long nowNs = System.nanoTime();
        if (nowNs - deadlineNs > latenessNsMax.get()) {
            latenessNsMax.set(nowNs - deadlineNs);
        }
        return nowNs;
    }
}
