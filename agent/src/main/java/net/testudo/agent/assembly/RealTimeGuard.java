package net.testudo.agent.assembly;

import java.util.concurrent.locks.LockSupport;
import net.testudo.pcapio.RealTime;

/// While a turn does not end, or does not begin when it should, all threads of this process are real-time threads.
/// What the turn waits for is held by one of them, such as the compiler's, and the virtual machine's locks know no
/// priorities. If that does not help, the duty cycle and the ports' readers are ordinary threads for most of the
/// time: a thread that meets code which is just being replaced calls it again and again until it is, and may be what
/// keeps the other from a processor. The kernel ends that after a second only.
final class RealTimeGuard implements AutoCloseable {
    private static final long PERIOD_NS = 3_000_000;
    /// Longer than a turn of warm code, shorter than what a lease notices.
    private static final long OVERDUE_NS_MAX = 3_000_000;
    /// Of so many periods two are ordinary: the holder may be done, and an ordinary thread may wait for long.
    private static final int CYCLE_PERIODS = 3;
    /// Threads come and go seldom.
    private static final int SEARCH_PERIODS = 300;
    /// So many times it is done before it matters: code of the guard that is replaced would end it all.
    private static final int REHEARSALS = 20_000;

    private final DutyCycle dutyCycle;
    private final Thread thread;
    private volatile boolean closed;
    private int overduePeriods;

    RealTimeGuard(DutyCycle dutyCycle) {
        this.dutyCycle = dutyCycle;
        thread = Thread.ofPlatform().name("real-time-guard").daemon().start(this::watch);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void watch() {
        for (int i = 0; i < REHEARSALS; i++) {
            check((i & 7) < 6 ? OVERDUE_NS_MAX + 1 : dutyCycle.overdueNs(System.nanoTime()));
        }
        check(-1);
        if (!RealTime.requestToWatch()) {
            return;
        }
        for (int period = 0; !closed; period++) {
            if (period % SEARCH_PERIODS == 0 && overduePeriods == 0) {
                RealTime.findOthers();
            }
            LockSupport.parkNanos(this, PERIOD_NS);
            check(dutyCycle.overdueNs(System.nanoTime()));
        }
        if (overduePeriods > 0) {
            RealTime.takeBack();
        }
    }

    private void check(long overdueNs) {
        boolean wasSuspended = isSuspended();
        boolean wasLent = overduePeriods > 0;
        overduePeriods = overdueNs > OVERDUE_NS_MAX ? overduePeriods + 1 : 0;
        if (overduePeriods > 0 && !wasLent) {
            RealTime.lend();
        } else if (overduePeriods == 0 && wasLent) {
            RealTime.takeBack();
        }
        if (isSuspended() && !wasSuspended) {
            RealTime.suspend();
        } else if (!isSuspended() && wasSuspended) {
            RealTime.resume();
        }
    }

    private boolean isSuspended() {
        return overduePeriods % CYCLE_PERIODS != 1 && overduePeriods > 0;
    }
}
