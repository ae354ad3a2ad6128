package net.testudo.pcapio;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Real-time scheduling of this process's threads. A device that may be late by 100 ms has to use long times in the
/// cluster protocol; with `SCHED_FIFO` it may use short ones.
///
/// A real-time thread that waits for something an ordinary one holds may itself, or with its like, keep that one from
/// a processor. So whoever watches their progress ([#requestToWatch]) can make them ordinary ones for a while.
public final class RealTime {
    /// Of the duty cycle and of those that bring it frames; below the kernel's own real-time threads (50).
    public static final int PRIORITY = 10;

    private static final int SCHED_OTHER = 0;
    private static final int SCHED_FIFO = 1;
    /// Threads and processes that this thread starts are ordinary ones (sched(7)).
    private static final int SCHED_RESET_ON_FORK = 0x40000000;

    private static final MemorySegment NO_PRIORITY = Arena.global().allocateFrom(JAVA_INT, 0);
    private static final MemorySegment OF_THREADS = Arena.global().allocateFrom(JAVA_INT, PRIORITY);
    private static final MemorySegment OF_WATCH = Arena.global().allocateFrom(JAVA_INT, PRIORITY + 1);

    private static volatile int[] threads = {};

    private RealTime() {}

    /// Asks for `SCHED_FIFO` for the calling platform thread; needs CAP_SYS_NICE in the initial user namespace, or
    /// RLIMIT_RTPRIO. Who got it calls [#end] before the thread ends.
    ///
    /// @return whether it was granted; if not, the thread is an ordinary one as before
    public static boolean request() {
        int thread = LinuxCalls.threadId();
        if (Thread.currentThread().isVirtual() || !schedule(thread, SCHED_FIFO, OF_THREADS)) {
            return false;
        }
        synchronized (RealTime.class) {
            threads = Arrays.copyOf(threads, threads.length + 1);
            threads[threads.length - 1] = thread;
        }
        return true;
    }

    /// The calling thread is an ordinary one from now on.
    public static void end() {
        int thread = LinuxCalls.threadId();
        synchronized (RealTime.class) {
            threads = Arrays.stream(threads).filter(other -> other != thread).toArray();
        }
        schedule(thread, SCHED_OTHER, NO_PRIORITY);
    }

    /// Asks for the calling thread to run before all others of this process, in [#suspend] too.
    ///
    /// @return whether it was granted
    public static boolean requestToWatch() {
        return schedule(LinuxCalls.threadId(), SCHED_FIFO, OF_WATCH);
    }

    /// All threads that were granted real time are ordinary ones until [#resume].
    public static void suspend() {
        for (int thread : threads) {
            schedule(thread, SCHED_OTHER, NO_PRIORITY);
        }
    }

    /// Ends what [#suspend] began.
    public static void resume() {
        for (int thread : threads) {
            schedule(thread, SCHED_FIFO, OF_THREADS);
        }
    }

    private static boolean schedule(int thread, int policy, MemorySegment priority) {
        return LinuxCalls.setScheduler(thread, policy | SCHED_RESET_ON_FORK, priority) == 0;
    }
}
