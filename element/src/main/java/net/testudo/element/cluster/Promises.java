package net.testudo.element.cluster;

import java.util.List;
import net.testudo.element.wire.cluster.ControlMessage.Silence;
import net.testudo.element.wire.cluster.ControlMessage.Vote;
import net.testudo.element.wire.cluster.ControlMessage.VoteRequest;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.RevisionHeader;

/// The voter: which epochs it promises, to whom, and whom it follows.
final class Promises {
    private final ClusterState state;
    /// The epoch of the vote that waits for a write, 0 if none does.
    private long votingEpoch;

    Promises(ClusterState state) {
        this.state = state;
    }

    /// Whether this voter may promise `epoch` to `candidate` now (ELE-08).
    boolean allows(long epoch, int candidate, long nowNs) {
        DurableState durable = state.durable;
        if (state.starting(nowNs) || durable.voteVoid() || !Epochs.mayPromise(epoch, candidate, durable)) {
            return false;
        }
        if (epoch == durable.promisedEpoch()) {
            return true;
        }
        if (state.master) {
            return candidate == state.self();
        }
        return state.voters().contains(candidate)
                && !hearsMaster(candidate, nowNs)
                && !promisedRecently(candidate, nowNs);
    }

    private boolean hearsMaster(int candidate, long nowNs) {
        int followed = state.followed;
        return followed != 0
                && followed != state.self()
                && followed != candidate
                && state.peer(followed).releasedEpoch < state.followedEpoch
                && nowNs - state.masterHeardNs < state.deadNs(followed);
    }

    /// A promise counts like hearing the candidate; unless the candidate restarted and forgot that it sought the epoch.
    private boolean promisedRecently(int candidate, long nowNs) {
        int promised = state.durable.promisedTo();
        if (promised == 0 || promised == state.self() || promised == candidate) {
            return false;
        }
        Peer peer = state.peer(promised);
        boolean forgotten = peer.status != null && peer.status.promisedEpoch() < state.durable.promisedEpoch();
        long lastNs = forgotten ? state.grantedNs : Math.max(state.grantedNs, peer.heardNs);
        return peer.releasedEpoch < state.durable.promisedEpoch() && nowNs - lastNs < state.deadNs(promised);
    }

    void onVoteRequest(int candidate, VoteRequest request, long nowNs, Effects out) {
        if (!state.configured() || !allows(request.epoch(), candidate, nowNs)) {
            return;
        }
        if (request.preliminary()) {
            if (request.epoch() > state.durable.promisedEpoch()) {
                Vote vote = new Vote(request.epoch(), true, null, null, null, state.durable.suspended(), List.of());
                out.add(new Effect.SendMessage(candidate, vote));
            }
            return;
        }
        if (request.epoch() == votingEpoch) {
            return; // asked again: another write would only hold up what comes after this one
        }
        if (request.epoch() > state.durable.promisedEpoch()) {
            state.durable = promise(state, request.epoch(), candidate, nowNs).withSole(false);
            state.grantedNs = nowNs;
        }
        DurableState snapshot = state.durable;
        List<Silence> silences = Suspensions.silences(state, snapshot.suspended(), nowNs);
        votingEpoch = request.epoch();
        state.persist(out, new ClusterState.Continuation() {
            @Override
            public void run(long laterNs, Effects later) {
                votingEpoch = 0;
                if (state.durable.promisedEpoch() == request.epoch()) {
                    later.add(new Effect.SendMessage(candidate, vote(request, snapshot, silences)));
                }
            }

            @Override
            public void failed(String reason, long laterNs, Effects later) {
                votingEpoch = 0;
            }
        });
    }

    /// The durable state with a promise. With it goes the suspension of the master that was followed and is not heard
    /// any more: so a majority has stored it when the epoch is won, and the flows that it carried need not wait for
    /// another write.
    static DurableState promise(ClusterState state, long epoch, int candidate, long nowNs) {
        DurableState promised = state.durable.withPromise(epoch, candidate);
        int master = state.followed;
        boolean gone =
                master != 0 && master != candidate && state.others().contains(master) && state.isSilent(master, nowNs);
        return gone ? promised.withSuspended(promised.suspended().with(master), epoch, 0) : promised;
    }

    private static Vote vote(VoteRequest request, DurableState snapshot, List<Silence> silences) {
        Line line = snapshot.line();
        RevisionHeader header = line == null ? null : line.newest().header();
        boolean longer = line != null && line.number() > request.decidedNumber();
        return new Vote(
                request.epoch(),
                false,
                header,
                longer ? line : null,
                snapshot.prepared(),
                snapshot.suspended(),
                silences);
    }

    /// Follows `master` in `epoch`; a higher epoch than promised before is stored like a promise.
    void follow(long epoch, int master, long nowNs, Effects out) {
        DurableState durable = state.durable;
        if (!Epochs.isCurrent(epoch, durable)) {
            return;
        }
        if (state.followed != master || state.followedEpoch != epoch) {
            state.statusDue = true;
        }
        state.followedEpoch = epoch;
        state.followed = master;
        state.masterHeardNs = nowNs;
        if (epoch > durable.promisedEpoch() || durable.promisedTo() != master) {
            DurableState next = durable.withPromise(epoch, master);
            state.durable = master == state.self() ? next : next.withSole(false);
            state.grantedNs = nowNs;
            state.persist(out);
        }
    }
}
