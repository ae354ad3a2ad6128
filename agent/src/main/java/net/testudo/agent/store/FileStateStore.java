package net.testudo.agent.store;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import net.testudo.element.port.StateStore;
import net.testudo.pcapio.RealTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [StateStore] in a directory: one writer thread, of several waiting images only the newest is written.
public final class FileStateStore implements StateStore, AutoCloseable {
    private static final long FORCE_RETRY_NS = 1_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(FileStateStore.class);

    private final StateDirectory directory;
    private final LoadedState loaded;
    private final Runnable wakeUp;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Thread writer;
    private @Nullable Waiting waiting;
    private boolean forgetOlder;
    private boolean closed;
    private boolean forgetPending;
    private long sequence;
    private byte @Nullable [] newest;

    private FileStateStore(StateDirectory directory, LoadedState loaded, Runnable wakeUp) {
        this.directory = directory;
        this.loaded = loaded;
        this.wakeUp = wakeUp;
        sequence = loaded.sequence();
        newest = loaded.image();
        forgetOlder = directory.keyChangePending();
        writer = Thread.ofPlatform().name("state-writer").start(this::write);
    }

    /// Opens a state directory, makes it at the first start, and reads what is in it.
    ///
    /// @param newHostKey makes the device's own SSH host key at the first start
    /// @param wakeUp called by the writer thread when [#poll] has something to report
    /// @throws StateDirectoryException if the directory cannot be used: in use, of a newer format, not permitted
    public static FileStateStore open(StateLocation location, Supplier<String> newHostKey, Runnable wakeUp)
            throws StateDirectoryException {
        StateDirectory opened = StateDirectory.open(location, newHostKey);
        try {
            return new FileStateStore(opened, opened.load(), wakeUp);
        } catch (StateDirectoryException e) {
            try {
                opened.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /// The device's own SSH host key, as text; secret. It stays when the device leaves its cluster.
    public String hostKey() {
        return directory.hostKey();
    }

    /// What was found at the start.
    public LoadedState loaded() {
        return loaded;
    }

    @Override
    public void persist(long ticket, byte[] image) {
        lock.lock();
        try {
            if (closed) {
                outcomes.add(new Outcome(ticket, "the state store is closed"));
                return;
            }
            waiting = new Waiting(ticket, image.clone());
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Makes everything unreadable that older images held, by a new device key: after a leave or a factory reset,
    /// once the image that holds nothing secret any more was given to [#persist].
    public void forgetOlder() {
        lock.lock();
        try {
            forgetOlder = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void poll(Completion completion) {
        for (Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            if (outcome.fault().isEmpty()) {
                completion.onPersisted(outcome.ticket());
            } else {
                completion.onFailed(outcome.ticket(), outcome.fault());
            }
        }
    }

    /// Writes what waits, and gives the directory free.
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            writer.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        directory.close();
    }

    private void write() {
        // A vote and a commit wait for this thread; while a master is replaced, others want the processors too.
        RealTime.requestPreference();
        while (true) {
            Waiting next;
            boolean forget;
            lock.lock();
            try {
                while (waiting == null && !forgetOlder && !closed) {
                    changed.awaitUninterruptibly();
                }
                next = waiting;
                forget = forgetOlder;
                waiting = null;
                forgetOlder = false;
            } finally {
                lock.unlock();
            }
            if (next == null && !forget) {
                return;
            }
            if (next != null) {
                String fault = writeImage(next.image());
                if (fault.isEmpty() && !forced()) {
                    return; // closed before it was sure: nothing may be said
                }
                outcomes.add(new Outcome(next.ticket(), fault));
                wakeUp.run();
            }
            forgetPending |= forget;
            if (forgetPending) {
                forgetPending = !forgetOlderNow(); // the disk may be full: tried again after the next image
            }
        }
    }

    /// @return the fault, or empty
    private String writeImage(byte[] image) {
        try {
            directory.write(sequence + 1, image);
            sequence++;
            newest = image;
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /// The new image is in its place, but the disk does not say that it stays there: neither success nor failure may be
    /// reported, so it is tried until it succeeds.
    ///
    /// @return whether it did before the store was closed
    private boolean forced() {
        while (true) {
            try {
                directory.force();
                return true;
            } catch (IOException e) {
                LOG.error("nothing can be stored, and commits have no answer: {}", e.getMessage());
            }
            lock.lock();
            try {
                long leftNs = FORCE_RETRY_NS;
                while (leftNs > 0 && !closed) {
                    leftNs = changed.awaitNanos(leftNs);
                }
                if (closed) {
                    return false;
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean forgetOlderNow() {
        byte[] image = newest;
        try {
            directory.writeAndForgetOlder(sequence + 1, image == null ? new byte[0] : image);
            sequence += 2;
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private record Outcome(long ticket, String fault) {}

    private static final class Waiting {
        private final long ticket;
        private final byte[] image;

        Waiting(long ticket, byte[] image) {
            this.ticket = ticket;
            this.image = image;
        }

        long ticket() {
            return ticket;
        }

        byte[] image() {
            return image;
        }
    }
}
