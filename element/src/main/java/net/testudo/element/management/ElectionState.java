package net.testudo.element.management;

import java.util.List;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.net.DeviceSet;

/// Who leads next, and what the master does about its role, as this device knows it.
///
/// @param next who would be elected if the master failed now, 0 if nobody could be
/// @param penalty for the changes of master that this device saw
/// @param suppressed whether the penalty holds pre-emption up
/// @param termEndNs at the master: when its term is over (monotonic), 0 if there is no maximum term
/// @param handOver at the master: what it prepares
/// @param tieBreaker whose half serves in an even split, 0 if no even split is possible
/// @param segments into how many parts the cluster network is seen to be separated
/// @param onCluster members that are heard on the cluster port
/// @param onData members that are heard on data ports
/// @param contenders every configured member, ascending by number
public record ElectionState(
        int next,
        int penalty,
        boolean suppressed,
        long termEndNs,
        HandOver handOver,
        int tieBreaker,
        int segments,
        DeviceSet onCluster,
        DeviceSet onData,
        List<Contender> contenders) {
    /// Of a device without a cluster.
    public static final ElectionState NONE =
            new ElectionState(0, 0, false, 0, HandOver.NONE, 0, 1, DeviceSet.NONE, DeviceSet.NONE, List.of());

    /// A change of master that is prepared.
    ///
    /// @param target who is to lead, 0 if that is whoever is backup master
    /// @param reason why, `NONE` if nothing is prepared
    /// @param text more about it, or empty
    /// @param waitsFor what is missing, or empty
    public record HandOver(int target, Reason reason, String text, String waitsFor) {
        /// Nothing is prepared.
        public static final HandOver NONE = new HandOver(0, Reason.NONE, "", "");
    }

    /// A member as a candidate.
    ///
    /// @param device number
    /// @param score its priority less what is missing of full health
    /// @param whyNot why it is not next, in the words of the module testudo-event-log; empty for the next one and
    ///   the master
    public record Contender(int device, int score, String whyNot) {}

    /// Keeps its own copy of the list.
    public ElectionState {
        contenders = List.copyOf(contenders);
    }
}
