package net.testudo.agent.assembly;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import net.testudo.pcapio.RealTime;

/// While a turn does not end, or does not begin when it should, the duty cycle and the ports' readers are ordinary
/// threads for most of the time, and all threads of this process are preferred to those of others instead. What the
/// turn waits for is held by one of them, such as the compiler's, and the virtual machine's locks know no priorities;
/// and it may be the duty cycle that keeps it from a processor. The kernel ends that after a second only.
final class RealTimeGuard implements AutoCloseable {
    private static final long PERIOD_NS = 3_000_000;
    /// Longer than a turn of warm code, shorter than what a lease notices.
    private static final long OVERDUE_NS_MAX = 3_000_000;
    /// In the last of so many periods the duty cycle is a real-time thread again: who held it up may be done, and an
    /// ordinary thread may wait for long.
    private static final int CYCLE_PERIODS = 3;
    /// Threads come and go seldom.
    private static final int SEARCH_PERIODS = 300;
    private static final int REHEARSALS = 20_000;
    private static final int REHEARSALS_WITH_WAIT = 2_500;

    private final DutyCycle dutyCycle;
    private final Thread thread;
    private final CountDownLatch watches = new CountDownLatch(1);
    private volatile boolean closed;
    private int overduePeriods;

    private RealTimeGuard(DutyCycle dutyCycle) {
        this.dutyCycle = dutyCycle;
        thread = Thread.ofPlatform().name("real-time-guard").daemon().unstarted(this::watch);
    }

    /// Watches a duty cycle, if this process may use real-time scheduling; from the return on, which is
    /// to come before the duty cycle begins: what starts beside it may get no processor.
    static RealTimeGuard start(DutyCycle dutyCycle) throws InterruptedException {
        RealTimeGuard guard = new RealTimeGuard(dutyCycle);
        guard.thread.start();
        guard.watches.await();
        return guard;
    }

    /// Does what a guard does many times, before it matters and before the compiler has much else to
    /// do. A guard whose code is interpreted asks the compiler for its translation, and may have to
    /// wait for what it is to free; it was seen to wait for ever. No thread is real-time meanwhile: one that met
    /// code which is just being replaced held up all devices of a machine.
    static void rehearse(DutyCycle notStarted) {
        RealTimeGuard guard = new RealTimeGuard(notStarted);
        RealTime.pretend();
        for (int i = 0; i < REHEARSALS; i++) {
            guard.check((i & 7) < 6 ? OVERDUE_NS_MAX + 1 : notStarted.overdueNs(System.nanoTime()));
            if (i < REHEARSALS_WITH_WAIT) {
                LockSupport.parkNanos(guard, 1);
            }
        }
        guard.check(-1);
        RealTime.endPretence();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void watch() {
        boolean granted = RealTime.requestToWatch();
        if (granted) {
            RealTime.findOthers();
        }
        watches.countDown();
        if (!granted) {
            return;
        }
        for (int period = 1; !closed; period++) {
            if (period % SEARCH_PERIODS == 0 && overduePeriods == 0) {
                RealTime.findOthers();
            }
            LockSupport.parkNanos(this, PERIOD_NS);
            check(dutyCycle.overdueNs(System.nanoTime()));
        }
        check(-1);
    }

    private void check(long overdueNs) {
        boolean gaveWay = givesWay();
        overduePeriods = overdueNs > OVERDUE_NS_MAX ? overduePeriods + 1 : 0;
        if (givesWay() != gaveWay) {
            if (gaveWay) {
                RealTime.takeWay();
            } else {
                RealTime.giveWay();
            }
        }
    }

    private boolean givesWay() {
        return overduePeriods % CYCLE_PERIODS != 0;
    }
}
