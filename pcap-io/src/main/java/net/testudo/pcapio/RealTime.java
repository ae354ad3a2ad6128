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
/// of the real-time threads ([#requestToWatch]) can change the roles for a while ([#giveWay]).
public final class RealTime {
    /// Of the duty cycle and of those that bring it frames; below the kernel's own real-time threads (50).
    public static final int PRIORITY = 10;

    private static final int NICE_FIRST = -20;
    private static final int SCHED_OTHER = 0;
    private static final int SCHED_FIFO = 1;
    /// Threads and processes that this thread starts are ordinary ones (sched(7)).
    private static final int SCHED_RESET_ON_FORK = 0x40000000;

    private static final MemorySegment NO_PRIORITY = Arena.global().allocateFrom(JAVA_INT, 0);
    private static final MemorySegment OF_THREADS = Arena.global().allocateFrom(JAVA_INT, PRIORITY);
    private static final MemorySegment OF_LENT = Arena.global().allocateFrom(JAVA_INT, PRIORITY - 1);
    private static final MemorySegment OF_WATCH = Arena.global().allocateFrom(JAVA_INT, PRIORITY + 1);

    private static final Path TASKS = Path.of("/proc/self/task");
    /// The thread that executes what stops all others, such as the beginning of a collection (HotSpot).
    private static final String VM_THREAD = "VM Thread";

    /// No thread has this number (the largest is 4,194,304, proc(5)).
    private static final int NO_THREAD = Integer.MAX_VALUE;

    private static volatile int[] threads = {};
    private static volatile int watch;
    private static volatile int[] others = {};
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

    /// Asks for the calling platform thread to run before all other ordinary ones: for one that works for
    /// moments, and that real-time threads wait for. It is none itself, so that it keeps nobody from a processor
    /// whom it waits for. Needs CAP_SYS_NICE in the initial user namespace, or RLIMIT_NICE.
    ///
    /// @return whether it was granted
    public static boolean requestPreference() {
        return !Thread.currentThread().isVirtual() && LinuxCalls.setNice(LinuxCalls.threadId(), NICE_FIRST) == 0;
    }

    /// Asks for the calling thread to run before all others of this process, in [#giveWay] too.
    ///
    /// The thread of the virtual machine that stops and continues all others gets the same, by [#findOthers]: it
    /// works for moments, and as long as it waits for a processor, all wait.
    ///
    /// @return whether it was granted
    public static boolean requestToWatch() {
        int thread = LinuxCalls.threadId();
        if (!schedule(thread, SCHED_FIFO, OF_WATCH)) {
            return false;
        }
        watch = thread;
        return true;
    }

    /// Looks up which threads this process has now: those that [#giveWay] lends to. For the thread
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

    /// For a rehearsal of who watches: until [#findOthers], the only other thread is one that does not exist.
    public static void pretendAnother() {
        others = new int[] {NO_THREAD};
    }

    /// All threads that were granted real time are ordinary ones, and those found by [#findOthers] are real-time
    /// threads, until [#takeWay].
    ///
    /// First the one, then the other: a thread with the lower of two real-time priorities gets nothing of what the
    /// kernel keeps for ordinary threads. Were it lent real time while the thread that waits for it calls again and
    /// again, it would never run, and whoever lends would wait as well, if it needs what that thread holds.
    public static void giveWay() {
        for (int thread : threads) {
            schedule(thread, SCHED_OTHER, NO_PRIORITY);
        }
        scheduleOthers(SCHED_FIFO, OF_LENT);
    }

    /// Ends what [#giveWay] began, in the opposite order.
    public static void takeWay() {
        scheduleOthers(SCHED_OTHER, NO_PRIORITY);
        for (int thread : threads) {
            schedule(thread, SCHED_FIFO, OF_THREADS);
        }
    }

    private static void scheduleOthers(int policy, MemorySegment priority) {
        int[] granted = threads;
        for (int thread : others) {
            if (!contains(granted, thread)) {
                schedule(thread, policy, priority);
            }
        }
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
