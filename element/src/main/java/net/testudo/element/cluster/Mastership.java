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
    /// What the operator said when asking for a hand-over; null if none is asked for.
    private @Nullable String asked;
    /// This device cannot be verified.
    private boolean unfit;
    private final FailoverRecord failover;

    Mastership(ClusterState state, ClusterNode node, Leases leases, Commit commit, Suspensions suspensions) {
        this.state = state;
        this.node = node;
        this.leases = leases;
        this.commit = commit;
        this.suspensions = suspensions;
        this.maintenance = new Maintenance(state);
        this.roles = new RoleAssignment(state, suspensions);
        this.failover = new FailoverRecord(state);
    }

    FailoverRecord failover() {
        return failover;
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
            if (node.knows(d)) {
                state.peer(d).masterEchoNs = Peer.NEVER;
            }
        }
        asked = null;
        unfit = false;
        commit.begin();
        adoptLongest(votes, nowNs);
        PreparedEntry undecided = undecided(votes);
        DeviceSet inherited = state.durable.suspended();
        for (Vote vote : votes.values()) {
            inherited = inherited.or(vote.suspended());
        }
        suspensions.begin(inherited, nowNs, out);
        if (undecided != null && undecided.tombstone()) {
            state.durable = state.durable.withPrepared(undecided);
            state.persist(out);
        } else if (undecided != null) {
            commit.propose(undecided.revision(), true, node.housekeepingOutcome(), nowNs, out);
        }
        if (lastMaster != state.self()) {
            DeviceSet granted = DeviceSet.of(state.self());
            for (int voter : votes.keySet()) {
                granted = granted.with(voter);
            }
            lastSwitchover = failover.begin(lastMaster, standing.won(state, granted, nowNs), lastSwitchover, nowNs);
            lastMaster = state.self();
        }
        node.renewLeases(nowNs, out);
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
        state.master = false;
        state.alone = false;
        state.masterLeaseEndNs = Peer.NEVER;
        state.statusDue = true;
        commit.abandon(out);
        node.masterEnded(nowNs, out);
    }

    void doWork(long nowNs, Effects out) {
        maintenance.report(out);
        if (!state.master) {
            return;
        }
        failover.doWork(nowNs, out);
        if (!state.isVoter()) {
            end(true, nowNs, out);
            return;
        }
        boolean lapsed =
                !state.masterLeaseValid(nowNs) && nowNs - leases.lapsedSinceNs > state.deadNs() + state.leaseNs();
        if (lapsed) {
            boolean alone = state.alone;
            end(true, nowNs, out);
            if (!alone) {
                node.backOffElection(nowNs, 6 * state.timing.statusNs());
            }
            return;
        }
        roles.doWork(nowNs, out);
        handOverIfDue(nowNs, out);
    }

    /// Gives the role up if there is a reason for it, and somebody to take it; says why before.
    private void handOverIfDue(long nowNs, Effects out) {
        HandOver due = state.backup == 0 ? null : due();
        if (due == null) {
            return;
        }
        asked = null;
        unfit = false;
        state.handOver = due;
        DeviceSet others = state.others();
        for (int d = others.first(); d != 0; d = others.next(d)) {
            out.add(new Effect.SendMessage(d, new ControlMessage.HandOver(due.epoch(), due.reason(), due.text())));
        }
        end(true, nowNs, out);
        node.backOffElection(nowNs, 8 * state.deadNs());
    }

    private @Nullable HandOver due() {
        if (asked != null) {
            return new HandOver(state.masterEpoch, Reason.OPERATOR, asked);
        }
        if (!state.mayLead()) {
            return new HandOver(state.masterEpoch, Reason.OPERATOR, "maintenance");
        }
        return unfit ? new HandOver(state.masterEpoch, Reason.NOT_VERIFIED, "") : null;
    }

    /// Hands the role over to the backup master at the next turn: the operator asked for it.
    ///
    /// @param reason in the operator's words
    void handOverAsAsked(String reason) {
        asked = reason;
    }

    /// Hands the role over to the backup master at the next turn: this device is not fit for it.
    void handOver() {
        unfit = true;
    }

    /// Notes that another device is master; that one reports it.
    void noteMaster(int master, long nowNs) {
        if (master == lastMaster || master == state.self()) {
            return;
        }
        if (lastMaster != 0) {
            String cause = "device " + master + " leads epoch " + state.followedEpoch;
            lastSwitchover = new Switchover("", lastMaster, master, cause, nowNs, lastSwitchover.count() + 1);
        }
        lastMaster = master;
    }
}
