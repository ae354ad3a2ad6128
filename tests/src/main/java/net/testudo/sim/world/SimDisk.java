package net.testudo.sim.world;

import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import net.testudo.element.port.StateStore;
import org.jspecify.annotations.Nullable;

/// A device's disk: one image, written asynchronously, in order. What was not written when the device crashes is
/// lost; a write that was under way leaves the old image or the new one, never a mixture (atomic replacement).
public final class SimDisk implements StateStore {
    private static final long FAST_NS = 200_000;
    private static final long FAST_SPREAD_NS = 1_500_000;
    private static final long SLOW_NS = 20_000_000;
    private static final long SLOW_SPREAD_NS = 80_000_000;
    private static final double DURABLE_UNREPORTED = 0.3;

    private static final class Write {
        private final long ticket;
        private final byte[] image;

        private Write(long ticket, byte[] image) {
            this.ticket = ticket;
            this.image = image;
        }
    }

    private record Report(long ticket, @Nullable String failure) {}

    private final EventQueue queue;
    private final RandomGenerator random;
    private final Runnable onReport;
    private final ArrayDeque<Write> waiting = new ArrayDeque<>();
    private final ArrayDeque<Report> reports = new ArrayDeque<>();
    private @Nullable Write underWay;
    private @Nullable Runnable atNextWrite;
    private byte @Nullable [] durable;
    private double slowShare;
    private long writeNs;
    private boolean full;
    private long session;
    private long writes;

    SimDisk(EventQueue queue, RandomGenerator random, Runnable onReport) {
        this.queue = queue;
        this.random = random;
        this.onReport = onReport;
    }

    /// Which share of the writes takes tens of milliseconds.
    public void setSlowShare(double share) {
        slowShare = share;
    }

    /// How long each write takes, half to one and a half of it; 0 for what is usual.
    public void setWriteNs(long durationNs) {
        writeNs = durationNs;
    }

    /// Whether writes fail for lack of space.
    public void setFull(boolean isFull) {
        full = isFull;
    }

    /// Something that happens when the next write begins; null for nothing any more.
    public void atNextWrite(@Nullable Runnable what) {
        atNextWrite = what;
    }

    /// How many images became durable.
    public long writes() {
        return writes;
    }

    /// The image that a restart would find, or null.
    public byte @Nullable [] image() {
        return durable == null ? null : durable.clone();
    }

    /// Replaces the image, as damage or the exchange of the disk does; null for none.
    public void replaceImage(byte @Nullable [] image) {
        durable = image == null ? null : image.clone();
    }

    /// The device crashed: nothing that waits will be written or reported.
    void crash() {
        if (underWay != null && !full && random.nextDouble() < DURABLE_UNREPORTED) {
            durable = underWay.image;
        }
        underWay = null;
        waiting.clear();
        reports.clear();
        session++;
    }

    @Override
    public void persist(long ticket, byte[] image) {
        waiting.add(new Write(ticket, image.clone()));
        startNext();
    }

    @Override
    public void poll(Completion completion) {
        while (!reports.isEmpty()) {
            Report report = reports.remove();
            if (report.failure == null) {
                completion.onPersisted(report.ticket);
            } else {
                completion.onFailed(report.ticket, report.failure);
            }
        }
    }

    /// Whether a report waits for [#poll].
    boolean reported() {
        return !reports.isEmpty();
    }

    private void startNext() {
        if (underWay != null || waiting.isEmpty()) {
            return;
        }
        underWay = waiting.removeLast();
        waiting.clear();
        Runnable what = atNextWrite;
        if (what != null) {
            atNextWrite = null;
            what.run();
        }
        long started = session;
        queue.after(durationNs(), () -> {
            if (started == session) {
                finish();
            }
        });
    }

    private void finish() {
        Write write = underWay;
        underWay = null;
        if (write != null) {
            if (full) {
                reports.add(new Report(write.ticket, "no space left to write the state file"));
            } else {
                if (isSynced()) {
                    durable = write.image;
                }
                writes++;
                reports.add(new Report(write.ticket, null));
            }
            onReport.run();
        }
        startNext();
    }

    /// Whether a write is on the disk when it is reported; a mutant answers no here, as a store without fsync does.
    private static boolean isSynced() {
        return true;
    }

    private long durationNs() {
        if (writeNs > 0) {
            return writeNs / 2 + (long) (random.nextDouble() * writeNs);
        }
        return slowShare > 0 && random.nextDouble() < slowShare
                ? SLOW_NS + (long) (random.nextDouble() * SLOW_SPREAD_NS)
                : FAST_NS + (long) (random.nextDouble() * FAST_SPREAD_NS);
    }
}
