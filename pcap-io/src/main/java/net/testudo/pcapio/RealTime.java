package net.testudo.pcapio;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Real-time scheduling of this process's threads. A device that may be late by 100 ms has to use long times in the
/// cluster protocol; with `SCHED_FIFO` it may use short ones.
///
/// A real-time thread that waits for something an ordinary one holds waits for everybody who keeps that one from a
/// processor; the locks of the virtual machine do not inherit priorities. It may be the real-time thread itself: one
/// that meets code which is just being replaced calls it again and again until it is. So whoever watches the progress
/// of the real-time threads ([#requestToWatch]) can make them ordinary and prefer all others for a while ([#giveWay]).
public final class RealTime {
    /// Of the duty cycle and of those that bring it frames; below the kernel's own real-time threads (50).
    public static final int PRIORITY = 10;

    /// What the thread that watches may use of each period, in nanoseconds.
    static final long WATCH_RUNTIME_NS = 500_000;
    /// Shorter than what a lease notices.
    static final long WATCH_PERIOD_NS = 3_000_000;

    private static final int NICE_FIRST = -20;
    /// Enough to be chosen before usual threads at once; and who is not preferred, since it began just now, still gets
    /// a processor within some 30 ms.
    private static final int NICE_PREFERRED = -10;

    private static final int SCHED_OTHER = 0;
    private static final int SCHED_FIFO = 1;
    /// Threads and processes that this thread starts are ordinary ones (sched(7)).
    private static final int SCHED_RESET_ON_FORK = 0x40000000;

    private static final MemorySegment NO_PRIORITY = Arena.global().allocateFrom(JAVA_INT, 0);
    private static final MemorySegment OF_THREADS = Arena.global().allocateFrom(JAVA_INT, PRIORITY);
    private static final MemorySegment OF_WATCH = Arena.global().allocateFrom(JAVA_INT, PRIORITY + 1);

    private static final Path PROCESS = Path.of("/proc/self/stat");
    private static final Path TASKS = Path.of("/proc/self/task");
    /// Of the fields of proc(5) after the name of the command.
    private static final int NICE_FIELD = 16;
    /// The thread that executes what stops all others, such as the beginning of a collection (HotSpot).
    private static final String VM_THREAD = "VM Thread";

    /// No thread has this number (the largest is 4,194,304, proc(5)).
    private static final int NO_THREAD = Integer.MAX_VALUE;

    private static volatile int[] threads = {};
    private static volatile int[] first = {};
    private static volatile int watch;
    private static volatile int[] others = {};
    private static volatile int usualNice;
    /// Number of [#VM_THREAD], 0 until it was found; used by the thread that watches only.
    private static int vmThread;

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
            threads = with(threads, thread);
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

    /// Asks for the calling platform thread to run before all other ordinary ones: for one that works for
    /// moments, and that real-time threads wait for. It is none itself, so that it keeps nobody from a processor
    /// whom it waits for. Needs CAP_SYS_NICE in the initial user namespace, or RLIMIT_NICE.
    ///
    /// @return whether it was granted
    public static boolean requestPreference() {
        int thread = LinuxCalls.threadId();
        if (Thread.currentThread().isVirtual() || LinuxCalls.setNice(thread, NICE_FIRST) != 0) {
            return false;
        }
        synchronized (RealTime.class) {
            first = with(first, thread);
        }
        return true;
    }

    /// Asks for the calling thread to run before all others of this process, in [#giveWay] too; but for a
    /// sixth of the time at most (`SCHED_DEADLINE`). A thread that watches may itself meet code that is just
    /// being replaced, and must not keep those from the processor who replace it. Where the kernel grants no such
    /// share (it does not to a process that is kept from some processors), it runs without a limit.
    ///
    /// The thread of the virtual machine that stops and continues all others goes before them too, by
    /// [#findOthers]: it works for moments, and as long as it waits for a processor, all wait.
    ///
    /// @return whether it was granted
    public static boolean requestToWatch() {
        int thread = LinuxCalls.threadId();
        if (LinuxCalls.setDeadline(thread, WATCH_RUNTIME_NS, WATCH_PERIOD_NS) != 0
                && !schedule(thread, SCHED_FIFO, OF_WATCH)) {
            return false;
        }
        watch = thread;
        usualNice = niceOfProcess();
        return true;
    }

    private static int niceOfProcess() {
        try {
            String stat = Files.readString(PROCESS);
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE_FIELD]);
        } catch (IOException _) {
            return 0; // without /proc nobody is found whose nice value could change
        }
    }

    /// Looks up which threads this process has now: those that [#giveWay] prefers. For the thread
    /// that watches, and not for a moment that matters.
    public static void findOthers() {
        List<Integer> found = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                int thread = Integer.parseInt(task.getFileName().toString());
                if (vmThread == 0 && isVmThread(task)) {
                    vmThread = thread;
                    schedule(thread, SCHED_FIFO, OF_WATCH);
                }
                if (thread != watch && thread != vmThread) {
                    found.add(thread);
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            return; // a thread ended just now: those found last are as good
        }
        others = found.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean isVmThread(Path task) throws IOException {
        return Files.readString(task.resolve("comm")).strip().equals(VM_THREAD);
    }

    /// For a rehearsal of who watches, before any thread was granted real time: until [#endPretence], the only thread
    /// with real time is one that does not exist, and the others are that one and the calling thread.
    public static void pretend() {
        usualNice = niceOfProcess();
        threads = new int[] {NO_THREAD};
        others = new int[] {NO_THREAD, LinuxCalls.threadId()};
    }

    /// Ends what [#pretend] began.
    public static void endPretence() {
        threads = new int[] {};
        others = new int[] {};
    }

    /// All threads that were granted real time are ordinary ones, and they and those found by [#findOthers] are
    /// preferred to the threads of other processes, until [#takeWay].
    ///
    /// Preferred, not real-time threads themselves: those would keep every thread that is not among them from the
    /// processors, for as long as they wait for it.
    public static void giveWay() {
        for (int thread : threads) {
            schedule(thread, SCHED_OTHER, NO_PRIORITY);
            LinuxCalls.setNice(thread, NICE_PREFERRED);
        }
        for (int thread : others) {
            schedule(thread, SCHED_OTHER, NO_PRIORITY); // what it starts meanwhile is not preferred
        }
        prefer(NICE_PREFERRED);
    }

    /// Ends what [#giveWay] began.
    public static void takeWay() {
        for (int thread : threads) {
            schedule(thread, SCHED_FIFO, OF_THREADS);
        }
        prefer(usualNice);
    }

    private static void prefer(int nice) {
        int[] alwaysFirst = first;
        for (int thread : others) {
            if (!contains(alwaysFirst, thread)) {
                LinuxCalls.setNice(thread, nice);
            }
        }
    }

    private static int[] with(int[] list, int thread) {
        int[] longer = Arrays.copyOf(list, list.length + 1);
        longer[list.length] = thread;
        return longer;
    }

    private static boolean contains(int[] list, int thread) {
        for (int other : list) {
            if (other == thread) {
                return true;
            }
        }
        return false;
    }

    private static boolean schedule(int thread, int policy, MemorySegment priority) {
        return LinuxCalls.setScheduler(thread, policy | SCHED_RESET_ON_FORK, priority) == 0;
    }
}
