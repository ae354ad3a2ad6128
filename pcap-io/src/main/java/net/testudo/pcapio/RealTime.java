package net.testudo.pcapio;

/// Real-time scheduling of a thread. A device that may be late by 100 ms has to use long times in the cluster
/// protocol; with `SCHED_FIFO` it may use short ones.
public final class RealTime {
    /// Of the duty cycle; below the kernel's own real-time threads (50).
    public static final int PRIORITY = 10;

    private static final int SCHED_FIFO = 1;
    /// Threads and processes that this thread starts are ordinary ones (sched(7)).
    private static final int SCHED_RESET_ON_FORK = 0x40000000;

    private RealTime() {}

    /// Asks for `SCHED_FIFO` for the calling platform thread; needs CAP_SYS_NICE in the initial user namespace, or
    /// RLIMIT_RTPRIO.
    ///
    /// @return whether it was granted; if not, the thread is an ordinary one as before
    public static boolean request() {
        return !Thread.currentThread().isVirtual()
                && LinuxCalls.setScheduler(SCHED_FIFO | SCHED_RESET_ON_FORK, PRIORITY) == 0;
    }
}
