package net.testudo.pcapio;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Where one thread, the duty cycle's, waits for all of its ports at once, for a wake-up by another thread, and for
/// a time. A frame that comes to a port needs no thread of its own to be noticed.
public final class PortWait implements AutoCloseable {
    private static final int ENTRIES_MAX = 32;
    /// `struct pollfd`: descriptor, what is waited for, what happened.
    private static final int ENTRY_OCTETS = 8;

    private static final int EVENTS = 4;
    private static final int HAPPENED = 6;
    private static final int NOTHING = -1;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment entries = arena.allocate((long) ENTRIES_MAX * ENTRY_OCTETS, 8);
    private final MemorySegment timespec = arena.allocate(2L * Long.BYTES, 8);
    private final MemorySegment number = arena.allocate(Long.BYTES, 8);
    private final MemorySegment one = arena.allocateFrom(JAVA_LONG, 1L);
    private final MemorySegment error = arena.allocate(JAVA_INT);
    private final MemorySegment errorOctets = arena.allocate(JAVA_INT);
    private final int wakeDescriptor;
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean waiting;
    private boolean closed;
    private int used;

    /// A wait without a port.
    ///
    /// @throws IllegalStateException if the process has no descriptor left
    public PortWait() {
        wakeDescriptor = LinuxCalls.eventDescriptor();
        if (wakeDescriptor < 0) {
            throw new IllegalStateException("nothing to wait with: error " + -wakeDescriptor + " of eventfd");
        }
        add().watch(wakeDescriptor);
    }

    /// Ends the wait that is, or the next one if there is none. Any thread may call it, before the first wait and after
    /// the end too; it never waits itself, and costs a call of the kernel only if there is a wait to end.
    public void wakeUp() {
        if (!woken.get() && woken.compareAndSet(false, true) && waiting) {
            ring();
        }
    }

    /// The waiting thread: what comes after the wake-ups so far answers them.
    public void answerWakeUps() {
        woken.set(false);
    }

    /// The waiting thread: waits for a frame, a wake-up or the time. May end without any of them.
    ///
    /// @param nanos at most so long
    public void await(long nanos) {
        waiting = true;
        if (!woken.get()) {
            timespec.set(JAVA_LONG, 0, nanos / TimeUnit.SECONDS.toNanos(1));
            timespec.set(JAVA_LONG, Long.BYTES, nanos % TimeUnit.SECONDS.toNanos(1));
            if (LinuxCalls.poll(entries, used, timespec) > 0) {
                look();
            }
        }
        waiting = false;
    }

    /// After the end of the thread that waits and of its ports.
    @Override
    public synchronized void close() {
        closed = true;
        LinuxCalls.close(wakeDescriptor);
        arena.close();
    }

    /// A place for one more port; before the first wait.
    Entry add() {
        if (used == ENTRIES_MAX) {
            throw new IllegalStateException("more than " + (ENTRIES_MAX - 1) + " ports");
        }
        Entry entry = new Entry(used++);
        entry.ignore();
        return entry;
    }

    private synchronized void ring() {
        if (!closed) {
            LinuxCalls.write(wakeDescriptor, one);
        }
    }

    /// The wake-up is taken, and so are errors: a port that went down would end every wait until it is asked for it.
    private void look() {
        if (entries.get(JAVA_SHORT, HAPPENED) != 0) {
            LinuxCalls.read(wakeDescriptor, number);
        }
        for (long entry = ENTRY_OCTETS; entry < (long) used * ENTRY_OCTETS; entry += ENTRY_OCTETS) {
            if ((entries.get(JAVA_SHORT, entry + HAPPENED) & LinuxCalls.POLLERR) != 0) {
                errorOctets.set(JAVA_INT, 0, Integer.BYTES);
                int descriptor = entries.get(JAVA_INT, entry);
                LinuxCalls.option(descriptor, LinuxCalls.SOL_SOCKET, LinuxCalls.SO_ERROR, error, errorOctets);
            }
        }
    }

    /// The place of one port; used by the waiting thread once it waits.
    final class Entry {
        private final long offset;

        private Entry(int index) {
            offset = (long) index * ENTRY_OCTETS;
            entries.set(JAVA_SHORT, offset + EVENTS, LinuxCalls.POLLIN);
        }

        /// From now on a frame that can be read from the descriptor ends the wait.
        void watch(int descriptor) {
            entries.set(JAVA_INT, offset, descriptor);
        }

        /// There is nothing to wait for.
        void ignore() {
            entries.set(JAVA_INT, offset, NOTHING);
        }
    }
}
