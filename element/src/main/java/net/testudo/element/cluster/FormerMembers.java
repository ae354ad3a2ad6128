package net.testudo.element.cluster;

import net.testudo.element.net.DeviceSet;

/// When the flows of removed members may move: every voter that still reports holds the revision without them, so
/// nobody renews their lease, and the longest lease has run out since.
final class FormerMembers {
    private final ClusterState state;
    private final Suspensions suspensions;
    private DeviceSet members = DeviceSet.NONE;
    private boolean heldByAll;
    private long sinceNs = Peer.NEVER;

    FormerMembers(ClusterState state, Suspensions suspensions) {
        this.state = state;
        this.suspensions = suspensions;
    }

    void doWork(long nowNs) {
        if (!state.master || !state.members().equals(members)) {
            members = state.members();
            heldByAll = false;
        }
        if (!heldByAll) {
            sinceNs = nowNs;
            heldByAll = state.master && everyReporterIsUpToDate();
        }
    }

    private boolean everyReporterIsUpToDate() {
        DeviceSet reporting = state.voters().without(state.self()).minus(suspensions.released());
        for (int d = reporting.first(); d != 0; d = reporting.next(d)) {
            if (state.peer(d).decidedNumber < state.number()) {
                return false;
            }
        }
        return true;
    }

    DeviceSet released(long nowNs) {
        DeviceSet released = DeviceSet.NONE;
        // a revision decided in this very turn may have removed a device: nothing is known of its lease yet
        boolean known = state.members().equals(members);
        if (known && heldByAll && nowNs - sinceNs > 2 * Timing.ORDINARY.leaseNs()) {
            for (int device : state.header().numbers().values()) {
                released = state.members().contains(device) ? released : released.with(device);
            }
        }
        return released;
    }
}
