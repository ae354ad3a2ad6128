package net.testudo.element.cluster;

import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.PreparedEntry;
import net.testudo.element.wire.cluster.RevisionHeader;
import org.jspecify.annotations.Nullable;

/// Which sets of devices can decide.
final class Quorum {
    private Quorum() {}

    /// Whether `granted` holds a majority of the voters of `header`: more than half; or half of an even set of four
    /// or more with the tie-breaker; or one of a pair in an epoch that was taken alone (PAR-03, PAR-04, PAR-07).
    static boolean isMajority(RevisionHeader header, DeviceSet granted, boolean alone) {
        int voters = header.voters().size();
        int votes = counted(header.voters(), granted).size();
        if (2 * votes > voters) {
            return true;
        }
        if (voters >= 4 && 2 * votes == voters) {
            return granted.contains(header.tieBreaker());
        }
        return voters == 2 && votes == 1 && alone;
    }

    /// Whose votes count: those of voters.
    static DeviceSet counted(DeviceSet voters, DeviceSet granted) {
        return voters.and(granted);
    }

    /// Whether `granted` can decide for a device that holds `state`: who has stored an undecided change of voters
    /// needs a majority of the old and of the new set. A sole old voter is governed by itself alone.
    static boolean canDecide(DurableState state, DeviceSet granted, boolean alone) {
        if (state.line() == null) {
            return false;
        }
        RevisionHeader decided = state.line().newest().header();
        if (!isMajority(decided, granted, alone)) {
            return false;
        }
        PreparedEntry change = state.undecidedVoterChange();
        return change == null
                || isSoleVoter(decided, state.self())
                || isMajority(change.revision().header(), granted, alone);
    }

    static boolean isSoleVoter(@Nullable RevisionHeader header, int device) {
        return header != null && header.voters().equals(DeviceSet.of(device));
    }

    /// The tie-breaker of a voter set: an even set of four or more has the master of the moment.
    static int tieBreaker(DeviceSet voters, int master) {
        return voters.size() >= 4 && voters.size() % 2 == 0 ? master : 0;
    }
}
