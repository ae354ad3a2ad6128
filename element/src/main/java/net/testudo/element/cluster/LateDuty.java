package net.testudo.element.cluster;

import net.testudo.element.net.DeviceSet;

/// A duty cycle that came later than the lease: what piled up meanwhile is old, and nobody else was silent.
final class LateDuty {
    private final ClusterState state;
    private final PairRule pairRule;
    private long dutyNs;

    LateDuty(ClusterState state, PairRule pairRule, long nowNs) {
        this.state = state;
        this.pairRule = pairRule;
        this.dutyNs = nowNs;
    }

    void doWork(long nowNs, Effects out) {
        long lateNs = nowNs - dutyNs;
        dutyNs = nowNs;
        if (lateNs <= state.leaseNs()) {
            return;
        }
        state.count("late-duty-cycles");
        out.add(new Effect.DiscardBacklog());
        for (int d = 1; d <= DeviceSet.DEVICE_MAX; d++) {
            if (state.knows(d) && state.peer(d).heardNs != Peer.NEVER) {
                // As silent as before: who was dead has not come back meanwhile.
                state.peer(d).heardNs += lateNs;
            }
        }
        if (state.masterHeardNs != Peer.NEVER) {
            state.masterHeardNs = nowNs;
        }
        pairRule.onLateDuty(nowNs, out);
    }
}
