package net.testudo.element.cluster;

import net.testudo.element.net.DeviceSet;

/// Serving leases: how long this device may serve, counted from its own send times as echoed by a majority.
final class Leases {
    private final ClusterState state;
    private final PairRule pairRule;
    private long leaseNs;
    private long previousLeaseNs;
    private long leaseChangedNs = Peer.NEVER;
    /// Since when the master's lease is out, for the release of its epoch.
    long lapsedSinceNs = Peer.NEVER;
    /// The epoch in which this device last served as master and member.
    private long servedEpoch;

    Leases(ClusterState state, PairRule pairRule) {
        this.state = state;
        this.pairRule = pairRule;
        this.leaseNs = state.leaseNs();
        this.previousLeaseNs = leaseNs;
    }

    /// Recomputes both leases from the newest reports.
    void renew(long nowNs, Effects out) {
        if (!state.configured()) {
            return;
        }
        if (state.leaseNs() != leaseNs) {
            boolean again = nowNs - leaseChangedNs <= Math.max(leaseNs, previousLeaseNs);
            previousLeaseNs = again ? Math.min(leaseNs, previousLeaseNs) : leaseNs;
            leaseNs = state.leaseNs();
            leaseChangedNs = nowNs;
        }
        if (state.master) {
            state.masterLeaseEndNs = state.alone && state.voters().size() == 2
                    ? leaseEnd(pairRule.lastWitnessNs())
                    : leaseEnd(latest(nowNs, true));
            if (state.masterLeaseValid(nowNs)) {
                lapsedSinceNs = nowNs;
            }
        }
        long memberEnd = state.master && state.alone ? state.masterLeaseEndNs : leaseEnd(latest(nowNs, false));
        if (memberEnd - nowNs > 0) {
            if (!state.memberLeaseValid(nowNs)) {
                state.lapse++;
                state.statusDue = true;
                if (state.master && servedEpoch == state.masterEpoch) {
                    state.leaseLost(state.self(), out);
                }
            }
            state.memberLeaseEndNs = memberEnd;
            servedEpoch = state.master ? state.masterEpoch : 0;
        } else if (state.memberLeaseValid(nowNs)) {
            state.memberLeaseEndNs = memberEnd;
        }
    }

    private long leaseEnd(long sentNs) {
        if (sentNs == Peer.NEVER) {
            return Peer.NEVER;
        }
        // A status announced the lease in force when it was sent: an older one never counts for more than that.
        return sentNs + (sentNs - leaseChangedNs <= 0 ? Math.min(leaseNs, previousLeaseNs) : leaseNs);
    }

    /// The latest own time for which reports of a majority are there, or NEVER.
    private long latest(long nowNs, boolean asMaster) {
        DeviceSet others = state.votersAndCandidates().without(state.self());
        long best = majorityAt(nowNs, nowNs, asMaster) ? nowNs : Peer.NEVER;
        for (int d = others.first(); d != 0; d = others.next(d)) {
            long echo = echo(d, asMaster);
            if (echo - best > 0 && majorityAt(echo, nowNs, asMaster)) {
                best = echo;
            }
        }
        return best;
    }

    private boolean majorityAt(long sentNs, long nowNs, boolean asMaster) {
        DeviceSet granted = DeviceSet.NONE;
        if (!state.durable.suspended().contains(state.self())) {
            granted = granted.with(state.self());
        }
        DeviceSet others = state.votersAndCandidates().without(state.self());
        for (int d = others.first(); d != 0; d = others.next(d)) {
            if (echo(d, asMaster) - sentNs >= 0) {
                granted = granted.with(d);
            }
        }
        return sentNs - nowNs <= 0 && Quorum.canDecide(state.durable, granted, state.alone);
    }

    private long echo(int device, boolean asMaster) {
        Peer peer = state.peer(device);
        return asMaster ? peer.masterEchoNs : peer.memberEchoNs;
    }
}
