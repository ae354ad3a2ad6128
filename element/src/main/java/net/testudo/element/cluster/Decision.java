package net.testudo.element.cluster;

import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.PreparedEntry;
import net.testudo.element.wire.cluster.RevisionHeader;

/// Decides whether a prepared revision is decided.
final class Decision {
    private Decision() {}

    /// A majority of the old and of the new voters stored it, and every device that becomes a voter (unless another
    /// master prepared it first). A master that went on alone counts its own disk only.
    static boolean isDecided(RevisionHeader decided, PreparedEntry entry, DeviceSet stored, int self, boolean alone) {
        RevisionHeader next = entry.revision().header();
        if (alone && !stored.contains(self)) {
            return false;
        }
        DeviceSet joining = next.voters().minus(decided.voters());
        return Quorum.isMajority(decided, stored, alone)
                && Quorum.isMajority(next, stored, alone)
                && (entry.repeated() || joining.minus(stored).isEmpty());
    }
}
