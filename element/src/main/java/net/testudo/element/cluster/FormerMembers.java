package net.testudo.element.cluster;

import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.RevisionHeader;
import org.jspecify.annotations.Nullable;

/// When the flows of removed members may move: every voter that still reports holds the revision without them, so
/// nobody renews their lease, and the longest lease has run out since. Each device watches it, since each may lead
/// next.
final class FormerMembers {
    private final ClusterState state;
    private final Suspensions suspensions;
    private DeviceSet members = DeviceSet.NONE;
    /// Former members that may still serve.
    private DeviceSet leaving = DeviceSet.NONE;
    /// The revision that took the newest of them out.
    private long number;
    private boolean heldByAll;
    private long sinceNs = Peer.NEVER;
    private DeviceSet numbered = DeviceSet.NONE;
    /// The header that [#numbered] was read from.
    private @Nullable RevisionHeader numberedOf;

    FormerMembers(ClusterState state, Suspensions suspensions) {
        this.state = state;
        this.suspensions = suspensions;
    }

    void doWork(long nowNs) {
        look();
        if (leaving.isEmpty()) {
            return;
        }
        if (!heldByAll) {
            sinceNs = nowNs;
            heldByAll = everyReporterHoldsIt();
        } else if (nowNs - sinceNs > 2 * Timing.ORDINARY.leaseNs()) {
            leaving = DeviceSet.NONE;
        }
    }

    /// A revision decided in this very turn may have removed a device: nothing is known of its lease yet. A device that
    /// was just started does not know since when the others are gone.
    private void look() {
        if (state.members().equals(members)) {
            return;
        }
        DeviceSet gone = members.isEmpty() ? numbered() : members;
        members = state.members();
        leaving = leaving.or(gone).minus(members);
        number = state.number();
        heldByAll = false;
    }

    private boolean everyReporterHoldsIt() {
        DeviceSet reporting = state.voters().without(state.self()).minus(suspensions.released());
        for (int d = reporting.first(); d != 0; d = reporting.next(d)) {
            if (state.peer(d).decidedNumber < number) {
                return false;
            }
        }
        return true;
    }

    /// All devices that have a number; asked for at every turn.
    @SuppressWarnings("ReferenceEquality") // a header is immutable
    private DeviceSet numbered() {
        RevisionHeader header = state.configured() ? state.header() : null;
        if (header != numberedOf) {
            numberedOf = header;
            numbered = header == null ? DeviceSet.NONE : header.devices();
        }
        return numbered;
    }

    /// Those whose flows may move.
    DeviceSet released() {
        look();
        return numbered().minus(members).minus(leaving);
    }

    /// Those that may still serve, so that a new master has to hear of their flows, or wait.
    DeviceSet leaving() {
        look();
        return leaving.and(numbered());
    }
}
