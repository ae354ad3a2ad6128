package net.testudo.element.cluster;

import java.util.Map;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.net.DeviceSet;

/// When a removed device forgets its cluster (NON-04).
final class Departure {
    private static final int STAY_STATUS_INTERVALS = 10;

    private Departure() {}

    /// It stays until a majority of the remaining voters holds the revision without it: until then its vote may still
    /// be needed. And it stays a moment, so that its last status - that it gave up the epoch - is heard.
    ///
    /// @param departedNs since when a decided revision does not list it, [Peer#NEVER] if it does
    static boolean isDue(ClusterState state, long departedNs, long nowNs) {
        return departedNs != Peer.NEVER
                && nowNs - departedNs > STAY_STATUS_INTERVALS * state.timing.statusNs()
                && remainingVotersKnow(state);
    }

    /// Says why this device is in no cluster from now on.
    static void tell(ClusterState state, Effects out) {
        String cause = "revision " + state.number() + " of the cluster does not list this device";
        state.notify(out, Kind.MEMBER_LEFT, state.self(), cause, Map.of());
    }

    private static boolean remainingVotersKnow(ClusterState state) {
        DeviceSet know = DeviceSet.NONE;
        DeviceSet voters = state.voters();
        for (int d = voters.first(); d != 0; d = voters.next(d)) {
            know = state.peer(d).decidedNumber >= state.number() ? know.with(d) : know;
        }
        return Quorum.isMajority(state.header(), know, false);
    }
}
