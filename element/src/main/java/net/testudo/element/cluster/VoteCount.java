package net.testudo.element.cluster;

import java.util.Collection;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.Vote;
import net.testudo.element.wire.cluster.PreparedEntry;
import net.testudo.element.wire.cluster.RevisionHeader;
import org.jspecify.annotations.Nullable;

/// Decides whether votes win an election.
final class VoteCount {
    private VoteCount() {}

    /// The newest decided header among candidate and voters says who counts; whoever stored an undecided change of
    /// voters adds the condition that the changed set has a majority too.
    ///
    /// @param own the candidate's durable state; its vote is in `granted`
    /// @param votes of the others in `granted`
    static boolean isWon(DurableState own, DeviceSet granted, Collection<Vote> votes) {
        if (own.line() == null) {
            return false;
        }
        RevisionHeader newest = own.line().newest().header();
        for (Vote vote : votes) {
            if (vote.header() != null && vote.header().number() > newest.number()) {
                newest = vote.header();
            }
        }
        if (!newest.voters().contains(own.self()) || !Quorum.isMajority(newest, granted, false)) {
            return false;
        }
        if (Quorum.isSoleVoter(newest, own.self())) {
            return true;
        }
        if (!satisfied(own.prepared(), newest.number(), granted)) {
            return false;
        }
        for (Vote vote : votes) {
            if (!satisfied(vote.prepared(), newest.number(), granted)) {
                return false;
            }
        }
        return true;
    }

    private static boolean satisfied(@Nullable PreparedEntry entry, long decidedNumber, DeviceSet granted) {
        return entry == null
                || entry.tombstone()
                || entry.revision().number() != decidedNumber + 1
                || Quorum.isMajority(entry.revision().header(), granted, false);
    }
}
