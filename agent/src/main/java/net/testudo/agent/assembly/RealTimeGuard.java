package net.testudo.agent.assembly;

import java.util.concurrent.locks.LockSupport;
import net.testudo.pcapio.RealTime;

/// While a turn does not end, or does not begin when it should, the duty cycle and the ports' readers are ordinary
/// threads for most of the time. What they wait for is held by an ordinary thread, such as the compiler's, and they may
/// be what keeps it from running: the virtual machine's locks know no priorities, and a thread that meets code which is
/// just being replaced calls it again and again until it is. The kernel ends that after a second only.
final class RealTimeGuard implements AutoCloseable {
    private static final long PERIOD_NS = 3_000_000;
    /// Longer than a turn of warm code, shorter than what a lease notices.
    private static final long OVERDUE_NS_MAX = 3_000_000;
    /// Of so many periods one is real time: the holder may be done, and an ordinary thread may wait for long.
    private static final int CYCLE_PERIODS = 3;
    /// So many times it is done before it matters: code of the guard that is replaced would end it all.
    private static final int REHEARSALS = 20_000;

    private final DutyCycle dutyCycle;
    private final Thread thread;
    private volatile boolean closed;
    private int suspendedPeriods;

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
        if (!RealTime.requestToWatch()) {
            return;
        }
        while (!closed) {
            LockSupport.parkNanos(this, PERIOD_NS);
            check(dutyCycle.overdueNs(System.nanoTime()));
        }
    }

    private void check(long overdueNs) {
        boolean suspend = overdueNs > OVERDUE_NS_MAX && suspendedPeriods < CYCLE_PERIODS - 1;
        if (suspend && suspendedPeriods == 0) {
            RealTime.suspend();
        } else if (!suspend && suspendedPeriods > 0) {
            RealTime.resume();
        }
        suspendedPeriods = suspend ? suspendedPeriods + 1 : 0;
    }
}
