package net.testudo.element.cluster;

import java.util.Map;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.management.ElementSnapshot.Switchover;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage;
import net.testudo.element.wire.cluster.ControlMessage.Vote;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.PreparedEntry;
import org.jspecify.annotations.Nullable;

/// Being master: taking an epoch, and giving it up.
final class Mastership {
    private final ClusterState state;
    private final ClusterNode node;
    private final Leases leases;
    private final Commit commit;
    private final Suspensions suspensions;
    private final Maintenance maintenance;
    private final RoleAssignment roles;
    private Switchover lastSwitchover = Switchover.NONE;
    private int lastMaster;
    /// The epoch in which that one was seen to lead.
    private long lastEpoch;
    private final Succession succession;
    private final FailoverRecord failover;

    Mastership(ClusterState state, ClusterNode node, Leases leases, Commit commit, Suspensions suspensions) {
        this.state = state;
        this.node = node;
        this.leases = leases;
        this.commit = commit;
        this.suspensions = suspensions;
        this.maintenance = new Maintenance(state);
        this.succession = new Succession(state, node);
        this.roles = new RoleAssignment(state, suspensions, succession);
        this.failover = new FailoverRecord(state);
    }

    /// Takes how far this device as master has taken over the flows.
    void setTakeOver(FlowSummary flows) {
        failover.setTakeOver(flows.settled(), flows.orphans());
        succession.setCopiedTo(flows.copiedTo());
    }

    Succession succession() {
        return succession;
    }

    Switchover lastSwitchover() {
        return lastSwitchover;
    }

    /// Takes `epoch`: adopts the longest line of its voters, prepares again what was undecided, takes over the
    /// suspensions they stored.
    void begin(long epoch, boolean alone, Map<Integer, Vote> votes, long nowNs, Effects out) {
        Standing known = state.standing;
        Standing standing = known == null || alone ? Standing.of(state, alone, nowNs) : known;
        state.standing = null;
        boolean transition = !alone && leadsForTransition();
        state.master = true;
        state.alone = alone;
        state.masterEpoch = epoch;
        state.followed = state.self();
        state.followedEpoch = epoch;
        state.backup = 0;
        state.masterLeaseEndNs = Peer.NEVER;
        leases.lapsedSinceNs = nowNs;
        state.statusDue = true;
        if (!alone) {
            state.durable = state.durable.withInSync(true).withSole(false);
        }
        for (int d = 1; d <= DeviceSet.DEVICE_MAX; d++) {
            if (state.knows(d)) {
                state.peer(d).masterEchoNs = Peer.NEVER;
            }
        }
        commit.begin();
        adoptLongest(votes, nowNs);
        PreparedEntry undecided = undecided(votes);
        suspensions.begin(lastMaster, votes, nowNs, out);
        if (undecided != null && undecided.tombstone()) {
            state.durable = state.durable.withPrepared(undecided);
            state.persist(out);
        } else if (undecided != null) {
            commit.propose(undecided.revision(), true, new Membership.Quiet(), nowNs, out);
        }
        if (lastMaster != state.self()) {
            DeviceSet granted = DeviceSet.of(state.self());
            for (int voter : votes.keySet()) {
                granted = granted.with(voter);
            }
            Standing won = standing.won(state, granted, nowNs);
            lastSwitchover = failover.begin(lastMaster, won, lastSwitchover, nowNs);
            succession.masterChanged(won.reason(), nowNs);
            succession.begin(won, transition, nowNs);
            roles.begin(won.reason() == Reason.TRANSITION_OVER ? won.master() : 0);
            lastMaster = state.self();
        } else {
            succession.begin(null, false, nowNs);
        }
        lastEpoch = epoch;
        node.renewLeases(nowNs, out);
    }

    /// Whether this device, as backup master below the criteria, leads until a better one has all data (ELE-03).
    private boolean leadsForTransition() {
        var rules = state.electionRules();
        boolean unmet = !state.candidate(state.self()).unmet(rules).isEmpty();
        return rules.succession().transition() && state.backup == state.self() && unmet;
    }

    private void adoptLongest(Map<Integer, Vote> votes, long nowNs) {
        Line longest = null;
        for (Vote vote : votes.values()) {
            Line line = vote.line();
            if (line != null && (longest == null || line.number() > longest.number())) {
                longest = line;
            }
        }
        if (longest != null && longest.number() > state.number()) {
            node.adopt(longest, nowNs);
        }
    }

    /// The entry of the highest order for the next number, of this device or its voters.
    private @Nullable PreparedEntry undecided(Map<Integer, Vote> votes) {
        PreparedEntry best = forNext(state.durable.prepared());
        for (Vote vote : votes.values()) {
            PreparedEntry entry = forNext(vote.prepared());
            if (entry != null && (best == null || entry.supersedes(best))) {
                best = entry;
            }
        }
        return best;
    }

    private @Nullable PreparedEntry forNext(@Nullable PreparedEntry entry) {
        return entry != null && entry.revision().number() == state.number() + 1 ? entry : null;
    }

    /// Stops to lead.
    ///
    /// @param release whether the epoch is given up for good, so that others need not wait
    void end(boolean release, long nowNs, Effects out) {
        if (release) {
            state.releasedEpoch = Math.max(state.releasedEpoch, state.masterEpoch);
        }
        if (!state.master) {
            return;
        }
        failover.tell(out);
        succession.end();
        state.master = false;
        state.alone = false;
        state.masterLeaseEndNs = Peer.NEVER;
        state.statusDue = true;
        commit.abandon(out);
        node.masterEnded(nowNs, out);
    }

    void doWork(long nowNs, Effects out) {
        maintenance.report(out);
        succession.askForRelief(nowNs);
        if (!state.master) {
            return;
        }
        failover.doWork(nowNs, out);
        if (!state.isVoter()) {
            end(true, nowNs, out);
            return;
        }
        if (isOver(nowNs)) {
            boolean alone = state.alone;
            end(true, nowNs, out);
            if (!alone) {
                node.backOffElection(nowNs, 6 * state.statusNs());
            }
            return;
        }
        roles.doWork(nowNs, out);
        handOverIfDue(nowNs, out);
    }

    /// Whether there is no hope to serve again: the lease ran out long ago, or it did and no majority is heard.
    /// The others may hear this device and wait for it. A pair has rules of its own.
    private boolean isOver(long nowNs) {
        if (state.masterLeaseValid(nowNs)) {
            return false;
        }
        DeviceSet heard = state.voters();
        for (int d = heard.first(); d != 0; d = heard.next(d)) {
            heard = d == state.self() || !state.isSilent(d, nowNs) ? heard : heard.without(d);
        }
        boolean cutOff = state.voters().size() > 2 && !Quorum.canDecide(state.durable, heard, state.alone);
        return cutOff || nowNs - leases.lapsedSinceNs > state.deadNs() + state.leaseNs();
    }

    /// Gives the role up if there is a reason for it, and somebody to take it; says why before.
    private void handOverIfDue(long nowNs, Effects out) {
        HandOver due = succession.due(nowNs);
        if (due == null) {
            return;
        }
        state.handOver = due;
        DeviceSet others = state.others();
        for (int d = others.first(); d != 0; d = others.next(d)) {
            out.add(new Effect.SendMessage(d, new ControlMessage.HandOver(due.epoch(), due.reason(), due.text())));
        }
        end(true, nowNs, out);
        node.backOffElection(nowNs, 8 * state.deadNs());
    }

    /// Notes that another device is master; that one reports it.
    void noteMaster(int master, long nowNs) {
        long epochBefore = lastEpoch;
        lastEpoch = state.followedEpoch;
        if (master == lastMaster || master == state.self()) {
            return;
        }
        if (lastMaster != 0) {
            String cause = "device " + master + " leads epoch " + state.followedEpoch;
            lastSwitchover = new Switchover("", lastMaster, master, cause, nowNs, lastSwitchover.count() + 1);
            HandOver said = state.handOver;
            Reason why = said == null || said.epoch() != epochBefore ? Reason.SILENT : said.reason();
            succession.masterChanged(why, nowNs);
        }
        lastMaster = master;
    }
}
