package net.testudo.element.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.management.Evidence;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.StatusMessage;

/// What a device knew when it stood for election: how it could tell that the master was gone, and whom it heard.
///
/// @param master the one that was followed before, 0 if none
/// @param epoch of that one
/// @param reason why it stood
/// @param cause the same in words
/// @param sinceNs when the old master was last heard; when it stood, if that is not why
/// @param stoodNs when it stood
/// @param criterion by which it stood before others
/// @param ranking of those that could have stood
/// @param evidence by the names of [Evidence]
record Standing(
        int master,
        long epoch,
        Reason reason,
        String cause,
        long sinceNs,
        long stoodNs,
        String criterion,
        Ranking ranking,
        Map<String, String> evidence) {
    /// What `state` shows now.
    ///
    /// @param alone whether it goes on without a majority
    static Standing of(ClusterState state, boolean alone, long nowNs) {
        int master = state.followed == state.self() ? 0 : state.followed;
        Reason reason = alone ? Reason.WITHOUT_MAJORITY : reason(state, master);
        boolean heard = master != 0 && !gaveUp(reason) && state.masterHeardNs != Peer.NEVER;
        TreeMap<String, String> evidence = new TreeMap<>();
        if (heard) {
            evidence.put(Evidence.DEAD_TIME, Long.toString(state.deadNs(master)));
        }
        Ranking ranking = Ranking.forElection(state, nowNs);
        DeviceSet others = state.others();
        for (int d = others.first(); d != 0; d = others.next(d)) {
            Peer peer = state.peer(d);
            boolean never = peer.heardNs == Peer.NEVER;
            evidence.put(Evidence.SILENT_PREFIX + d, never ? "never" : Long.toString(peer.silentNs(nowNs)));
        }
        return new Standing(
                master,
                state.followedEpoch,
                reason,
                cause(state, reason, master),
                heard ? state.masterHeardNs : nowNs,
                nowNs,
                alone ? "alone" : criterion(state, ranking),
                ranking,
                Collections.unmodifiableMap(evidence));
    }

    private static boolean gaveUp(Reason reason) {
        return reason == Reason.OPERATOR || reason == Reason.GAVE_UP;
    }

    private static Reason reason(ClusterState state, int master) {
        if (master == 0) {
            return Reason.NO_MASTER;
        }
        Peer peer = state.peer(master);
        if (peer.releasedEpoch < state.followedEpoch) {
            return Reason.SILENT;
        }
        boolean asked = peer.status != null && peer.status.has(StatusMessage.HANDED_OVER);
        return asked ? Reason.OPERATOR : Reason.GAVE_UP;
    }

    private static String cause(ClusterState state, Reason reason, int master) {
        return switch (reason) {
            case SILENT -> "device " + master + " was not heard for its dead time";
            case WITHOUT_MAJORITY -> "went on alone";
            case NO_MASTER -> "there was no master";
            default -> new HandOver(state.followedEpoch, reason, "").cause(master);
        };
    }

    /// For a device that forms a cluster of its own, because the operator said that the others are off.
    ///
    /// @param why in the operator's words, or empty
    static Standing formedAlone(ClusterState state, String why, long nowNs) {
        Standing now = of(state, false, nowNs);
        String cause = "formed alone, as the operator asked" + (why.isEmpty() ? "" : ": " + why);
        return now.because(Reason.OPERATOR, cause);
    }

    private Standing because(Reason other, String otherCause) {
        return new Standing(master, epoch, other, otherCause, sinceNs, stoodNs, criterion, ranking, evidence);
    }

    private static String criterion(ClusterState state, Ranking ranking) {
        if (state.voters().size() == 1) {
            return "only-voter";
        }
        return ranking.first() == state.self() ? ranking.criterion() : "first-to-stand";
    }

    /// The same with what is known when the epoch is won.
    ///
    /// @param granted who voted for this device, itself included
    Standing won(ClusterState state, DeviceSet granted, long nowNs) {
        TreeMap<String, String> more = new TreeMap<>(evidence);
        more.put(Evidence.CRITERION, criterion);
        if (sinceNs != stoodNs) {
            more.put(Evidence.DETECTION, Long.toString(stoodNs - sinceNs));
        }
        more.put(Evidence.VOTE, Long.toString(nowNs - stoodNs));
        more.put(Evidence.VOTES, granted.toString().replaceAll("[{}]", ""));
        DeviceSet losers = state.voters().without(state.self());
        for (int d = losers.first(); d != 0; d = losers.next(d)) {
            more.put(Evidence.LOST_PREFIX + d, whyLost(state, d, nowNs));
        }
        Map<String, String> all = Collections.unmodifiableMap(more);
        Standing won = new Standing(master, epoch, reason, cause, sinceNs, stoodNs, criterion, ranking, all);
        HandOver said = state.handOver;
        if (said == null || said.epoch() != epoch || !gaveUp(reason)) {
            return won;
        }
        return won.because(said.reason(), said.cause(master));
    }

    private String whyLost(ClusterState state, int device, long nowNs) {
        StatusMessage status = state.peer(device).status;
        if (status == null || state.isSilent(device, nowNs)) {
            return "silent";
        }
        if (state.durable.suspended().contains(device)) {
            return "suspended";
        }
        if (status.has(StatusMessage.VOTE_VOID)) {
            return "vote-void";
        }
        if (state.deactivated().contains(device)) {
            return "maintenance";
        }
        if (status.claim() != 0) {
            return "outvoted";
        }
        if (device == master && gaveUp(reason)) {
            return "gave-up";
        }
        return ranking.whyLost(device, state.self());
    }
}
