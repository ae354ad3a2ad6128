package net.testudo.element.cluster;

import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.management.Answer;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.Decide;
import net.testudo.element.wire.cluster.ControlMessage.Prepare;
import net.testudo.element.wire.cluster.ControlMessage.PrepareReply;
import net.testudo.element.wire.cluster.PreparedEntry;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.RevisionHeader;
import org.jspecify.annotations.Nullable;

/// The master's side of the two-phase commit: one revision at a time is prepared at the voters, decided
/// by a majority, and sent to all; or withdrawn by a tombstone that a majority stored.
final class Commit {
    /// Told what becomes of a proposal; exactly one of the three is called.
    interface Outcome {
        /// Decided: it holds for ever.
        void decided(Revision revision, long nowNs, Effects out);

        /// Withdrawn: it will never hold.
        void withdrawn(Withdrawal why, long nowNs, Effects out);

        /// This device is no longer the master; it cannot say.
        void unknown(Effects out);
    }

    /// Why a proposal was withdrawn.
    ///
    /// @param outcome as an answer
    /// @param path of the configuration that is at fault, or empty
    /// @param reason for the operator
    record Withdrawal(Answer.Outcome outcome, String path, String reason) {}

    private final ClusterState state;
    private final ClusterNode node;
    private @Nullable PreparedEntry proposal;
    private @Nullable Outcome outcome;
    private DeviceSet stored = DeviceSet.NONE;
    private final Map<Integer, PrepareReply> refusals = new TreeMap<>();
    private @Nullable PrepareReply refusal;
    private boolean deciding;
    private boolean ownStoreFailed;
    private long proposedNs;
    private long sequence;
    /// The first write that could bring the proposal to this device's disk.
    private long firstTicket;
    /// Whether nobody else is asked to store the proposal.
    private boolean ownOnly;

    Commit(ClusterState state, ClusterNode node) {
        this.state = state;
        this.node = node;
    }

    boolean busy() {
        return proposal != null;
    }

    /// Whether a decided change waits for the disk; the epoch must not be given up now.
    boolean deciding() {
        return deciding;
    }

    void begin() {
        end();
        sequence = 0;
    }

    /// Stops to propose: another device is or will be master.
    void abandon(Effects out) {
        Outcome waiting = outcome;
        end();
        if (waiting != null) {
            waiting.unknown(out);
        }
    }

    private void end() {
        proposal = null;
        outcome = null;
        deciding = false;
        state.repeating = false;
        state.decidingLine = null;
    }

    /// Proposes a revision. Only as master, and only while no other proposal is under way.
    ///
    /// @param repeated another master had prepared it: it is not validated and not withdrawn
    void propose(Revision revision, boolean repeated, Outcome waiting, long nowNs, Effects out) {
        outcome = waiting;
        refusal = null;
        state.repeating = repeated;
        firstTicket = state.writes.nextTicket();
        DeviceSet self = DeviceSet.of(state.self());
        ownOnly = state.voters().equals(self) && revision.header().voters().equals(self);
        prepare(new PreparedEntry(state.masterEpoch, ++sequence, false, repeated, revision), nowNs, out);
    }

    private void prepare(PreparedEntry entry, long nowNs, Effects out) {
        proposal = entry;
        stored = DeviceSet.NONE;
        refusals.clear();
        proposedNs = nowNs;
        state.durable = state.durable.withPrepared(entry);
        storeOwn(entry, out);
        DeviceSet asked = recipients();
        for (int d = asked.first(); d != 0; d = asked.next(d)) {
            state.peer(d).forget(Peer.Retry.PREPARE);
        }
        request(nowNs, out);
    }

    private void storeOwn(PreparedEntry entry, Effects out) {
        ownStoreFailed = false;
        state.persist(out, new ClusterState.Continuation() {
            @Override
            public void run(long laterNs, Effects later) {
                if (isCurrent(entry)) {
                    stored = stored.with(state.self());
                    decide(laterNs, later);
                }
            }

            @Override
            public void failed(String reason, long laterNs, Effects later) {
                ownStoreFailed |= isCurrent(entry);
                if (entry.tombstone() && isCurrent(entry)) {
                    refuseUnstored(reason, laterNs, later);
                }
                onReply(
                        state.self(),
                        new PrepareReply(entry.epoch(), entry.sequence(), false, "", reason),
                        laterNs,
                        later);
            }
        });
    }

    /// The withdrawal cannot be stored either. Where nobody else was asked, and no image with the
    /// proposal reached the disk, nothing of it can come back: it is refused now, and not when there is
    /// space again.
    private void refuseUnstored(String reason, long nowNs, Effects out) {
        Outcome waiting = outcome;
        if (waiting != null && ownOnly && !state.writes.persistedSince(firstTicket)) {
            outcome = null;
            waiting.withdrawn(new Withdrawal(Answer.Outcome.STORE_FAILED, "", reason), nowNs, out);
        }
    }

    private boolean isCurrent(PreparedEntry entry) {
        PreparedEntry current = proposal;
        return current != null && current.epoch() == entry.epoch() && current.sequence() == entry.sequence();
    }

    private DeviceSet recipients() {
        DeviceSet voters = state.voters();
        return proposal == null
                ? voters.without(state.self())
                : voters.or(proposal.revision().header().voters()).without(state.self());
    }

    private void request(long nowNs, Effects out) {
        PreparedEntry entry = proposal;
        if (entry == null) {
            return;
        }
        DeviceSet asked = recipients().minus(stored);
        for (int d = asked.first(); d != 0; d = asked.next(d)) {
            if (!refusals.containsKey(d) && state.peer(d).due(Peer.Retry.PREPARE, nowNs, state.retryNs())) {
                out.add(new Effect.SendMessage(d, new Prepare(entry)));
            }
        }
    }

    void onReply(int voter, PrepareReply reply, long nowNs, Effects out) {
        PreparedEntry entry = proposal;
        if (entry == null || reply.epoch() != entry.epoch() || reply.sequence() != entry.sequence()) {
            return;
        }
        if (reply.stored()) {
            stored = stored.with(voter);
            decide(nowNs, out);
        } else if (!entry.tombstone()) {
            refusals.put(voter, reply);
        }
    }

    void doWork(long nowNs, Effects out) {
        if (!state.master) {
            return;
        }
        request(nowNs, out);
        PreparedEntry entry = proposal;
        if (entry != null && ownStoreFailed && state.writes.fault() == null) {
            storeOwn(entry, out);
        }
        if (entry != null && !entry.tombstone() && !deciding && mayWithdraw(entry)) {
            boolean late = nowNs - proposedNs > state.commitTimeoutNs();
            if (late || !refusals.isEmpty()) {
                withdraw(entry, nowNs, out);
            }
        }
        decide(nowNs, out);
        spread(nowNs, out);
    }

    private boolean mayWithdraw(PreparedEntry entry) {
        return !entry.repeated() || Quorum.isSoleVoter(state.header(), state.self());
    }

    private void withdraw(PreparedEntry entry, long nowNs, Effects out) {
        refusal = refusals.values().stream().findFirst().orElse(null);
        RevisionHeader header = entry.revision().header();
        RevisionHeader decided = state.header();
        Revision unchanged = new Revision(
                new RevisionHeader(
                        header.number(),
                        header.parent(),
                        header.contentHash(),
                        decided.voters(),
                        decided.tieBreaker(),
                        decided.numbers(),
                        decided.keys(),
                        header.engineBoots(),
                        header.commitId(),
                        header.note()),
                entry.revision().content());
        prepare(new PreparedEntry(state.masterEpoch, ++sequence, true, false, unchanged), nowNs, out);
    }

    private void decide(long nowNs, Effects out) {
        PreparedEntry entry = proposal;
        if (entry == null || !state.master || deciding) {
            return;
        }
        RevisionHeader decided = state.header();
        if (entry.revision().number() <= decided.number()) {
            settled(entry, nowNs, out);
            return;
        }
        if (entry.tombstone()) {
            if (Quorum.isMajority(decided, stored, state.alone)) {
                answerWithdrawn(nowNs, out);
            }
            return;
        }
        Revision revision = entry.revision();
        if (!Decision.isDecided(decided, entry, stored, state.self(), state.alone)
                || !(entry.repeated() || (stored.contains(state.self()) && backupHolds(nowNs)))) {
            return;
        }
        if (revision.header().voters().equals(decided.voters())) {
            decided(revision, nowNs, out);
            return;
        }
        if (state.writes.fault() != null) {
            return;
        }
        // A change of voters is on the master's disk before it takes effect or is told.
        deciding = true;
        state.decidingLine = state.line().plus(revision);
        state.persist(out, new ClusterState.Continuation() {
            @Override
            public void run(long laterNs, Effects later) {
                if (isCurrent(entry) && state.master) {
                    deciding = false;
                    state.decidingLine = null;
                    if (revision.number() > state.number()) {
                        decided(revision, laterNs, later);
                    }
                }
            }

            @Override
            public void failed(String reason, long laterNs, Effects later) {
                if (isCurrent(entry)) {
                    deciding = false;
                    state.decidingLine = null;
                }
            }
        });
    }

    /// The line reached the number of the proposal without it: the former master had decided it, and
    /// says so only now.
    private void settled(PreparedEntry entry, long nowNs, Effects out) {
        Outcome waiting = outcome;
        end();
        if (waiting == null) {
            return;
        }
        RevisionHeader there = state.line().header(entry.revision().number());
        if (entry.revision().header().equals(there)) {
            waiting.decided(entry.revision(), nowNs, out);
        } else {
            String reason = "another revision was decided meanwhile: look at it and commit again";
            waiting.withdrawn(new Withdrawal(Answer.Outcome.STALE_BASE, "", reason), nowNs, out);
        }
    }

    /// The backup master holds what is decided before it is, so that it can take over at once. (And the
    /// master itself: one that cannot store refuses commits, whoever else could.)
    private boolean backupHolds(long nowNs) {
        int backup = state.backup;
        return backup == 0
                || !state.voters().contains(backup)
                || state.isSilent(backup, nowNs)
                || stored.contains(backup);
    }

    private void answerWithdrawn(long nowNs, Effects out) {
        Outcome waiting = outcome;
        PrepareReply why = refusal;
        end();
        if (waiting != null) {
            waiting.withdrawn(withdrawal(why), nowNs, out);
        }
    }

    /// A refusal without a path is one of the disk.
    private static Withdrawal withdrawal(@Nullable PrepareReply refusal) {
        if (refusal == null) {
            return new Withdrawal(Answer.Outcome.NO_QUORUM, "", "no majority of the voters stored it in time");
        }
        boolean disk = refusal.path().isEmpty();
        Answer.Outcome outcome = disk ? Answer.Outcome.STORE_FAILED : Answer.Outcome.INVALID;
        return new Withdrawal(outcome, refusal.path(), refusal.reason());
    }

    private void decided(Revision revision, long nowNs, Effects out) {
        Outcome waiting = outcome;
        end();
        if (state.alone && revision.header().voters().size() == 1) {
            state.alone = false;
            state.durable = state.durable.withSole(false);
        }
        MemberChange change = new MemberChange(state);
        node.adopt(state.line().plus(revision), nowNs);
        state.persist(out, (_, _) -> state.statusDue = true);
        change.tell(out);
        if (waiting != null) {
            waiting.decided(revision, nowNs, out);
        }
        DeviceSet others = state.others();
        for (int d = others.first(); d != 0; d = others.next(d)) {
            state.peer(d).forget(Peer.Retry.DECIDE);
        }
        spread(nowNs, out);
    }

    /// Sends the line to everybody who is heard and does not hold it yet.
    private void spread(long nowNs, Effects out) {
        for (int d = 1; d <= DeviceSet.DEVICE_MAX; d++) {
            if (d == state.self() || !state.knows(d)) {
                continue;
            }
            Peer peer = state.peer(d);
            boolean behind = peer.status != null && peer.decidedNumber < state.number();
            if (behind && !state.isSilent(d, nowNs) && peer.due(Peer.Retry.DECIDE, nowNs, state.retryNs())) {
                out.add(new Effect.SendMessage(d, new Decide(state.masterEpoch, state.line())));
            }
        }
    }
}
