package net.testudo.element.cluster;

import java.util.ArrayDeque;
import net.testudo.element.cluster.ClusterState.Continuation;
import org.jspecify.annotations.Nullable;

/// Writes of the durable state that are under way, what waits for each of them, and what the store said when one
/// failed.
final class PendingWrites {
    private static final long RETRY_NS = 200_000_000L;

    private final DurableStateCodec codec = new DurableStateCodec();
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    /// The newest state that is known to be on disk.
    private DurableState stored;

    private long ticket;
    private long persistedTicket;
    private @Nullable String fault;
    private long faultNs;

    /// @param stored what is on disk at the start
    PendingWrites(DurableState stored) {
        this.stored = stored;
    }

    private record Pending(long ticket, DurableState written, Continuation continuation) {}

    DurableState stored() {
        return stored;
    }

    void begin(DurableState written, Continuation continuation, Effects out) {
        ticket++;
        pending.add(new Pending(ticket, written, continuation));
        out.add(new Effect.PersistState(ticket, new Effect.Image(codec.toOctets(written))));
    }

    void onPersisted(long upTo) {
        persistedTicket = Math.max(persistedTicket, upTo);
        fault = null;
    }

    /// Goes on with all that waited for a write that is on disk now.
    void goOn(long nowNs, Effects out) {
        while (!pending.isEmpty() && PersistGate.isDurable(pending.peek().ticket(), persistedTicket)) {
            Pending done = pending.remove();
            stored = done.written();
            done.continuation().run(nowNs, out);
        }
    }

    /// The ticket of the next write.
    long nextTicket() {
        return ticket + 1;
    }

    /// Whether a write that began with ticket `first` or later is known to be on disk.
    boolean persistedSince(long first) {
        return persistedTicket >= first;
    }

    /// Whether a failed write should be tried again now.
    boolean retryDue(long nowNs) {
        boolean due = fault != null && nowNs - faultNs > RETRY_NS;
        faultNs = due ? nowNs : faultNs;
        return due;
    }

    /// What the store said when it last failed, or null if the last write succeeded.
    @Nullable
    String fault() {
        return fault;
    }

    /// A write failed: whatever waited for it is never said.
    void onFailed(long failed, String reason, long nowNs, Effects out) {
        fault = reason;
        faultNs = nowNs;
        while (!pending.isEmpty() && pending.peek().ticket() <= failed) {
            pending.remove().continuation().failed(reason, nowNs, out);
        }
    }
}
