package net.testudo.element.cluster;

import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.Vote;
import net.testudo.element.wire.cluster.ControlMessage.VoteRequest;
import net.testudo.element.wire.cluster.StatusMessage;
import org.jspecify.annotations.Nullable;

/// The candidate: stands when the master is silent, asks for preliminary votes, then for votes (ELE-08).
final class Election {
    private enum Phase {
        /// Follows a master, or waits.
        IDLE,
        /// Asks whether the others would vote.
        PRELIMINARY,
        /// Asks for votes.
        CANDIDATE
    }

    private static final int DOUBLINGS_MAX = 3;

    private final ClusterState state;
    private final Promises promises;
    private final ClusterNode node;
    private Phase phase = Phase.IDLE;
    private long epoch;
    private long phaseNs;
    private long timeoutNs;
    /// When the candidature waited last for what only other devices' writes hold up.
    private long hopeNs;
    /// Candidatures that came to nothing since the master is silent.
    private int givenUp;
    private DeviceSet preliminary = DeviceSet.NONE;
    private DeviceSet granted = DeviceSet.NONE;
    private final Map<Integer, Vote> votes = new TreeMap<>();
    private long backoffUntilNs = Peer.NEVER;
    private long silentSinceNs = Peer.NEVER;

    Election(ClusterState state, Promises promises, ClusterNode node) {
        this.state = state;
        this.promises = promises;
        this.node = node;
    }

    /// The epoch this device seeks, 0 if none.
    long claim() {
        return phase == Phase.CANDIDATE ? epoch : 0;
    }

    /// Gives up, because another is followed in this or a higher epoch.
    void abandon(long followedEpoch) {
        if (phase == Phase.CANDIDATE && followedEpoch >= epoch) {
            phase = Phase.IDLE;
        }
    }

    void reset() {
        phase = Phase.IDLE;
    }

    void backOff(long nowNs, long spanNs) {
        backoffUntilNs = nowNs + state.random.nextLong(spanNs);
    }

    void doWork(long nowNs, Effects out) {
        if (!state.configured() || !state.isVoter() || state.master || state.goingAlone) {
            silentSinceNs = Peer.NEVER;
            return;
        }
        boolean silent = masterIsSilent(nowNs);
        if (!silent) {
            silentSinceNs = Peer.NEVER;
            state.standing = null;
        } else if (silentSinceNs == Peer.NEVER) {
            silentSinceNs = nowNs;
            givenUp = 0;
        }
        checkTimeouts(nowNs, silent, out);
        if (phase == Phase.IDLE && silent && !state.starting(nowNs) && maysStandNow(nowNs)) {
            stand(nowNs, out);
        }
        askForVotes(nowNs, out);
        checkWon(nowNs, out);
    }

    private boolean masterIsSilent(long nowNs) {
        int followed = state.followed;
        return followed == 0
                || followed == state.self()
                || state.peer(followed).releasedEpoch >= state.followedEpoch
                || nowNs - state.masterHeardNs > state.deadNs(followed);
    }

    /// The candidates stand one after the other, so that votes are not split; the backup master first. As long as
    /// it is heard, and is a candidate, the others leave it a lease more, since it alone has the run-time data of
    /// the master's flows (SYN-04), and a device on a busy machine may be late by some status messages. Who does
    /// not meet the criteria leaves those that do a dead time more, and then stands: they may be unable to win.
    private boolean maysStandNow(long nowNs) {
        Ranking ranking = Ranking.forElection(state, nowNs);
        DeviceSet candidates = ranking.candidates();
        long delayNs = 2L * ranking.rankOf(state.self()) * state.statusNs();
        if (state.backup != state.self() && candidates.contains(state.backup)) {
            delayNs += state.leaseNs();
        }
        if (!candidates.contains(state.self())) {
            delayNs += state.deadNs();
        }
        return state.mayLead() && nowNs - silentSinceNs >= delayNs && nowNs - backoffUntilNs > 0;
    }

    private void checkTimeouts(long nowNs, boolean silent, Effects out) {
        if (phase == Phase.CANDIDATE) {
            checkCandidature(nowNs, out);
        }
        if (phase == Phase.PRELIMINARY) {
            DeviceSet supporters = preliminary.with(state.self());
            if (Quorum.isMajority(state.header(), supporters, false)) {
                phase = Phase.IDLE;
                if (silent) {
                    startCandidate(epoch - 1, nowNs, out);
                }
            } else if (nowNs - phaseNs > 3 * state.statusNs()) {
                phase = Phase.IDLE;
                backOff(nowNs, 4 * state.statusNs());
            }
        }
    }

    /// Ends a candidature that is outrun, or in which nothing happens any more. What only others' writes hold up
    /// is waited for, and the own write then as long again. What is waited for may have been promised to another
    /// that is gone, so there is a limit in any case, which doubles each time.
    private void checkCandidature(long nowNs, Effects out) {
        if (!promised()) {
            phase = Phase.IDLE;
            return;
        }
        if (goesAboveRival(nowNs)) {
            startCandidate(epoch, nowNs, out);
            return;
        }
        if (waitsForWrites(nowNs)) {
            hopeNs = nowNs;
        }
        long longestNs = state.timing.commitTimeoutNs() << Math.min(givenUp, DOUBLINGS_MAX);
        if (nowNs - hopeNs > timeoutNs + hopeNs - phaseNs || nowNs - phaseNs > longestNs) {
            giveUp(nowNs);
        }
    }

    private void giveUp(long nowNs) {
        phase = Phase.IDLE;
        givenUp++;
        state.releasedEpoch = Math.max(state.releasedEpoch, epoch);
        backOff(nowNs, 6 * state.statusNs());
    }

    /// Whether a majority promised the epoch, and others than this device are still storing that: whoever stood
    /// instead would wait for the same writes.
    private boolean waitsForWrites(long nowNs) {
        DeviceSet promising = granted.with(state.self());
        DeviceSet others = state.votersAndCandidates().without(state.self());
        for (int d = others.first(); d != 0; d = others.next(d)) {
            StatusMessage status = heard(d, nowNs);
            if (status != null && status.promisedEpoch() == epoch && status.claim() != epoch) {
                promising = promising.with(d);
            }
        }
        return Quorum.canDecide(state.durable, promising, false)
                && !Quorum.canDecide(state.durable, granted.without(state.self()), false);
    }

    /// Whether this device has a lower number than another that seeks the same epoch, in which neither votes for
    /// the other.
    private boolean goesAboveRival(long nowNs) {
        DeviceSet others = state.votersAndCandidates();
        for (int d = others.next(state.self()); d != 0; d = others.next(d)) {
            StatusMessage status = heard(d, nowNs);
            if (status != null && status.claim() == epoch) {
                return true;
            }
        }
        return false;
    }

    private @Nullable StatusMessage heard(int device, long nowNs) {
        return state.isSilent(device, nowNs) ? null : state.peer(device).status;
    }

    private void stand(long nowNs, Effects out) {
        long highest = highestPromise();
        if (state.standing == null) {
            state.standing = Standing.of(state, false, nowNs);
        }
        if (state.voters().size() > 1) {
            phase = Phase.PRELIMINARY;
            phaseNs = nowNs;
            epoch = highest + 1;
            preliminary = DeviceSet.NONE;
            forgetRequests();
        } else {
            startCandidate(highest, nowNs, out);
        }
    }

    private long highestPromise() {
        long highest = state.durable.promisedEpoch();
        DeviceSet others = state.others();
        for (int d = others.first(); d != 0; d = others.next(d)) {
            highest = Math.max(highest, state.peer(d).promisedEpoch);
        }
        return highest;
    }

    /// Promises an epoch above `minEpoch` to itself and asks for votes.
    void startCandidate(long minEpoch, long nowNs, Effects out) {
        long next = Math.max(state.durable.promisedEpoch(), minEpoch) + 1;
        phase = Phase.IDLE;
        if (!state.isVoter() || !state.mayLead() || !promises.allows(next, state.self(), nowNs)) {
            return;
        }
        phase = Phase.CANDIDATE;
        phaseNs = nowNs;
        hopeNs = nowNs;
        timeoutNs = 4 * state.statusNs() + state.random.nextLong(4 * state.statusNs()) + state.retryNs();
        epoch = next;
        granted = DeviceSet.NONE;
        votes.clear();
        forgetRequests();
        state.statusDue = true;
        state.durable = Promises.promise(state, epoch, state.self(), nowNs);
        long sought = epoch;
        state.persist(out, new ClusterState.Continuation() {
            @Override
            public void run(long laterNs, Effects later) {
                if (phase == Phase.CANDIDATE && epoch == sought) {
                    granted = granted.with(state.self());
                    checkWon(laterNs, later);
                }
            }

            @Override
            public void failed(String reason, long laterNs, Effects later) {
                if (phase == Phase.CANDIDATE && epoch == sought) {
                    giveUp(laterNs);
                }
            }
        });
    }

    private void forgetRequests() {
        DeviceSet asked = state.votersAndCandidates();
        for (int d = asked.first(); d != 0; d = asked.next(d)) {
            state.peer(d).forget(Peer.Retry.VOTE_REQUEST);
        }
    }

    private void askForVotes(long nowNs, Effects out) {
        if (phase == Phase.IDLE) {
            return;
        }
        DeviceSet asked = state.votersAndCandidates().without(state.self());
        boolean binding = phase == Phase.CANDIDATE;
        for (int d = asked.first(); d != 0; d = asked.next(d)) {
            boolean answered = binding ? granted.contains(d) : preliminary.contains(d);
            if (!answered && state.peer(d).due(Peer.Retry.VOTE_REQUEST, nowNs, state.retryNs())) {
                out.add(new Effect.SendMessage(d, new VoteRequest(epoch, !binding, state.number())));
            }
        }
    }

    /// A candidate answers no preliminary request: who overtakes it would only begin the same round of writes anew.
    void onVoteRequest(int candidate, VoteRequest request, long nowNs, Effects out) {
        if (phase != Phase.CANDIDATE || !request.preliminary()) {
            promises.onVoteRequest(candidate, request, nowNs, out);
        }
    }

    void onVote(int voter, Vote vote, long nowNs, Effects out) {
        if (vote.epoch() != epoch) {
            return;
        }
        if (vote.preliminary()) {
            if (phase == Phase.PRELIMINARY) {
                preliminary = preliminary.with(voter);
            }
        } else if (phase == Phase.CANDIDATE && promised()) {
            granted = granted.with(voter);
            votes.put(voter, vote);
            checkWon(nowNs, out);
        }
    }

    private void checkWon(long nowNs, Effects out) {
        if (phase == Phase.CANDIDATE
                && promised()
                && granted.contains(state.self())
                && VoteCount.isWon(state.durable, granted, votes.values())) {
            phase = Phase.IDLE;
            node.becomeMaster(epoch, false, Map.copyOf(votes), nowNs, out);
        }
    }

    /// Whether the own vote still stands: a candidate may have promised a higher epoch to another meanwhile.
    private boolean promised() {
        return state.durable.promisedEpoch() == epoch;
    }

    /// Asks for an epoch above what `status` promised, because this master's own epoch is outrun.
    void standAbove(StatusMessage status, long nowNs, Effects out) {
        startCandidate(status.promisedEpoch(), nowNs, out);
    }
}
