package net.testudo.element.cluster;

import java.util.TreeMap;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementSnapshot.Switchover;
import net.testudo.element.management.Evidence;
import org.jspecify.annotations.Nullable;

/// The record of a failover, written by the new master: begun when it won its epoch, told when it serves and knows who
/// carries which flow. So one record says why the master was replaced, what it took, and what came of it.
final class FailoverRecord {
    /// When it is told at the latest, with what is known by then.
    private static final long PATIENCE_NS = 2_000_000_000L;

    private final ClusterState state;
    private @Nullable Open open;
    private boolean settled;
    private long moved;

    FailoverRecord(ClusterState state) {
        this.state = state;
    }

    private static final class Open {
        final String id;
        final long epoch;
        final Standing standing;
        final long wonNs;
        final TreeMap<String, String> evidence;

        Open(String id, long epoch, Standing standing, long wonNs) {
            this.id = id;
            this.epoch = epoch;
            this.standing = standing;
            this.wonNs = wonNs;
            this.evidence = new TreeMap<>(standing.evidence());
        }
    }

    /// This device won its epoch.
    ///
    /// @param from the master before, 0 if none
    /// @return what is shown as the last switchover; it has the id under which the record will be told
    Switchover begin(int from, Standing standing, Switchover last, long nowNs) {
        settled = false;
        Open begun = new Open(state.newEventId(), state.masterEpoch, standing, nowNs);
        begun.evidence.put(Evidence.FROM, Integer.toString(from));
        open = begun;
        return new Switchover(begun.id, from, state.self(), standing.cause(), nowNs, last.count() + 1);
    }

    /// See [FlowSummary].
    void setTakeOver(boolean isSettled, long flowsMoved) {
        settled = isSettled;
        moved = flowsMoved;
    }

    void doWork(long nowNs, Effects out) {
        Open begun = open;
        if (begun == null) {
            return;
        }
        boolean serves = state.masterServing(nowNs);
        if (serves) {
            begun.evidence.putIfAbsent(Evidence.SERVING, Long.toString(nowNs - begun.wonNs));
        }
        if (serves && settled) {
            begun.evidence.put(Evidence.ADOPTION, Long.toString(nowNs - begun.wonNs));
            begun.evidence.put(Evidence.DURATION, Long.toString(nowNs - begun.standing.sinceNs()));
            begun.evidence.put(Evidence.FLOWS_MOVED, Long.toString(moved));
            tell(out);
        } else if (nowNs - begun.wonNs > PATIENCE_NS) {
            tell(out);
        }
    }

    /// Tells what is known, if it was not told yet.
    void tell(Effects out) {
        Open begun = open;
        if (begun != null) {
            open = null;
            Standing standing = begun.standing;
            state.tell(
                    out,
                    new ElementEvent(
                            begun.id,
                            Kind.MASTER_SWITCHED,
                            state.self(),
                            state.serial,
                            begun.epoch,
                            standing.reason(),
                            standing.cause(),
                            begun.evidence));
        }
    }
}
