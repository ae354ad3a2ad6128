package net.testudo.element.cluster;

import java.util.Map;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.net.DeviceSet;

/// When a removed device forgets its cluster (NON-04).
final class Departure {
    private static final int STAY_STATUS_INTERVALS = 10;

    private final ClusterState state;
    private final ClusterNode node;
    private final Trust trust;
    /// Since when a decided revision does not list this device any more.
    private long departedNs = Peer.NEVER;

    Departure(ClusterState state, ClusterNode node, Trust trust) {
        this.state = state;
        this.node = node;
        this.trust = trust;
    }

    /// A decided revision took this device out.
    void begin(long nowNs) {
        departedNs = nowNs;
    }

    /// It is admitted again before it forgot, or it forgot.
    void end() {
        departedNs = Peer.NEVER;
    }

    /// It stays until a majority of the remaining voters holds the revision without it: until then its vote may still
    /// be needed. And it stays a moment, so that its last status - that it gave up the epoch - is heard.
    void doWork(long nowNs, Effects out) {
        boolean due = departedNs != Peer.NEVER
                && nowNs - departedNs > STAY_STATUS_INTERVALS * state.statusNs()
                && remainingVotersKnow();
        if (due) {
            forget("revision " + state.number() + " of the cluster does not list this device", nowNs, out);
        }
    }

    /// A member proved itself and says that this device was taken out; it may have been away when that was decided.
    void onRevoked(int device, long nowNs, Effects out) {
        if (state.configured() && trust.isTrusted(device)) {
            forget("device " + device + " says that this device was taken out of the cluster", nowNs, out);
        }
    }

    private void forget(String cause, long nowNs, Effects out) {
        state.notify(out, Kind.MEMBER_LEFT, state.self(), cause, Map.of());
        node.wipe(nowNs, out);
    }

    private boolean remainingVotersKnow() {
        DeviceSet know = DeviceSet.NONE;
        DeviceSet voters = state.voters();
        for (int d = voters.first(); d != 0; d = voters.next(d)) {
            know = state.peer(d).decidedNumber >= state.number() ? know.with(d) : know;
        }
        return Quorum.isMajority(state.header(), know, false);
    }
}
