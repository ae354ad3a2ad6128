package net.testudo.element.cluster;

import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.cluster.PreparedEntry;
import net.testudo.element.wire.cluster.RevisionHeader;
import net.testudo.element.wire.cluster.StatusMessage;
import net.testudo.element.wire.cluster.VoterChangeMark;
import org.jspecify.annotations.Nullable;

/// What changes of voters mean for serving leases.
///
/// Two majorities that are apart by one change of voters need not have a device in common where half of an even set
/// decides: a member that never heard of the change could renew its lease by the old set for ever, while the new
/// one gives its flows away. So a device that stored an undecided change reports, for those that did not, nothing
/// that counts; and the flows of a suspended member wait until a lease that was renewed before the last change was
/// decided has run out.
final class VoterChanges {
    private final ClusterState state;
    private @Nullable RevisionHeader known;
    private long knownNs;
    private long followedEpoch;
    private long followedNs = Peer.NEVER;

    VoterChanges(ClusterState state) {
        this.state = state;
        known = state.configured() ? state.header() : null;
        knownNs = state.startNs;
    }

    /// Takes note of what is decided, and whom this device follows.
    void doWork(long nowNs) {
        RevisionHeader decided = state.configured() ? state.header() : null;
        RevisionHeader before = known;
        if (before == null || decided == null || !before.decidesLike(decided)) {
            knownNs = nowNs;
        }
        known = decided;
        if (followedEpoch != state.followedEpoch) {
            followedEpoch = state.followedEpoch;
            followedNs = nowNs;
        }
    }

    /// When a lease of `leaseNs` that was renewed by an older set of voters has run out at the latest.
    long oldLeasesEndNs(long leaseNs) {
        return knownNs + leaseNs + leaseNs / 50;
    }

    /// Whether a member may still renew its lease by an older set of voters. A set of which all say what they stored
    /// cannot: a majority of it stored the change. One of devices of the first version can, unless so many of it
    /// stored the suspension that the others are no majority.
    ///
    /// @param number of the newest revision that the member is known to hold
    /// @param stored who stored its suspension
    boolean mayRenew(long number, DeviceSet stored) {
        RevisionHeader decided = state.header();
        for (RevisionHeader older : state.line().headers()) {
            if (older.number() >= number
                    && !older.decidesLike(decided)
                    && !sayWhatTheyStored(older.voters())
                    && Quorum.isMajority(older, older.voters().minus(stored), false)) {
                return true;
            }
        }
        return false;
    }

    private boolean sayWhatTheyStored(DeviceSet voters) {
        for (int d = voters.first(); d != 0; d = voters.next(d)) {
            ProtocolVersions spoken = state.versions.of(d);
            if (spoken != null && spoken.newest() < VoterChangeMark.VERSION) {
                return false;
            }
        }
        return true;
    }

    /// What this device says of an undecided change that it stored. Nothing any more once it has
    /// followed another master than the one that proposed it for the longest lease: that one's is out,
    /// and if its change may be decided, the present master proposes it again.
    VoterChangeMark told(long nowNs) {
        PreparedEntry entry = state.durable.undecidedVoterChange();
        if (entry == null) {
            return VoterChangeMark.NONE;
        }
        boolean outlived = state.followed != 0
                && followedEpoch > entry.epoch()
                && nowNs - followedNs > Timing.deadNs(Timing.ORDINARY.leaseNs());
        return outlived ? VoterChangeMark.NONE : mark(entry);
    }

    /// Whether a report of the sender of `status` renews a lease of this device: not if the sender
    /// holds a newer decided
    /// revision, or stored a newer change of voters.
    boolean counts(StatusMessage status) {
        if (status.decidedNumber() != state.number()) {
            return status.decidedNumber() < state.number();
        }
        PreparedEntry entry = state.durable.undecidedVoterChange();
        VoterChangeMark own = entry == null ? VoterChangeMark.NONE : mark(entry);
        return !status.voterChange().isNewerThan(own);
    }

    private static VoterChangeMark mark(PreparedEntry entry) {
        return new VoterChangeMark(entry.epoch(), entry.sequence());
    }
}
