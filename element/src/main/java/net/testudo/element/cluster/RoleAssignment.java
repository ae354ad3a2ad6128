package net.testudo.element.cluster;

import java.util.List;
import java.util.Map;
import net.testudo.element.config.BackupSyncConfig;
import net.testudo.element.management.ElectionCriterion;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.net.DeviceSet;

/// The master appoints the roles, once in a status interval.
final class RoleAssignment {
    /// A backup master that falls below a criterion for less than this keeps its role.
    private static final long UNFIT_NS = 1_000_000_000L;

    private final ClusterState state;
    private final Suspensions suspensions;
    private long appointedNs = Peer.NEVER;
    private long fitNs = Peer.NEVER;
    private final Succession succession;
    /// Who was master for a transition, and is backup master again; 0 if there is none.
    private int returning;

    RoleAssignment(ClusterState state, Suspensions suspensions, Succession succession) {
        this.state = state;
        this.suspensions = suspensions;
        this.succession = succession;
    }

    /// @param formerMaster that goes back to the role of backup master, 0 if there is none
    void begin(int formerMaster) {
        returning = formerMaster;
    }

    void doWork(long nowNs, Effects out) {
        if (nowNs - appointedNs >= state.statusNs()) {
            appointedNs = nowNs;
            appoint(nowNs, out);
        }
    }

    private void appoint(long nowNs, Effects out) {
        var config = state.config;
        if (config == null) {
            return;
        }
        DeviceSet able = able(nowNs);
        succession.doWork(able, nowNs);
        Ranking ranking = Ranking.forBackup(state, able);
        DeviceSet candidates = ranking.candidates();
        boolean unfit = able.contains(state.backup) && !candidates.contains(state.backup);
        fitNs = unfit ? fitNs : nowNs;
        boolean kept = unfit ? nowNs - fitNs < UNFIT_NS : candidates.contains(state.backup);
        boolean wanted = able.contains(succession.wanted());
        int next = able.contains(returning) ? returning : ranking.first();
        int backup = wanted ? succession.wanted() : kept ? state.backup : next;
        returning = 0;
        DeviceSet there = state.members().minus(suspensions.suspended()).minus(state.deactivated());
        DeviceSet relieved = relieved(there);
        DeviceSet standby = Roles.standby(config, state.self(), backup, there.minus(relieved));
        standby = standby.or(relieved).without(state.self());
        if (backup != state.backup) {
            boolean silent = state.silentBackups.contains(state.backup);
            String cause = wanted ? succession.wantedBecause() : silent ? silence(state.backup) : cause(unfit);
            state.backup = backup;
            state.statusDue = true;
            Reason reason = silent ? Reason.NOT_ACKNOWLEDGED : Reason.NONE;
            state.notify(out, Kind.BACKUP_SWITCHED, backup, reason, cause, Map.of());
        }
        state.standby = standby;
    }

    /// Who asks to be relieved, as long as somebody is there who does not: of them the flows are taken (FOC-14).
    private DeviceSet relieved(DeviceSet there) {
        DeviceSet asking = DeviceSet.NONE;
        for (int d = there.first(); d != 0; d = there.next(d)) {
            asking = state.candidate(d).asksRelief() ? asking.with(d) : asking;
        }
        return there.equals(asking) ? DeviceSet.NONE : asking;
    }

    /// Voters that are there, in service, hold all but the newest revision at least, and acknowledge what they are
    /// sent.
    private DeviceSet able(long nowNs) {
        DeviceSet able = DeviceSet.NONE;
        DeviceSet voters = state.voters()
                .without(state.self())
                .minus(suspensions.suspended())
                .minus(state.deactivated())
                .minus(state.silentBackups);
        for (int d = voters.first(); d != 0; d = voters.next(d)) {
            Peer peer = state.peer(d);
            if (peer.status != null && peer.decidedNumber >= state.number() - 1 && !state.isSilent(d, nowNs)) {
                able = able.with(d);
            }
        }
        return able;
    }

    private String silence(int device) {
        BackupSyncConfig rules = state.backupSync();
        return "device " + device + " did not acknowledge run-time data " + rules.ackMissesMax()
                + " times in a row, within " + rules.ackTimeoutNs() / 1_000_000 + " ms each";
    }

    private String cause(boolean unfit) {
        if (state.backup == 0) {
            return "there was no backup master";
        }
        return unfit
                ? "device " + state.backup + " does not meet the election criteria: " + unmet(state, state.backup)
                : "the backup master is not eligible";
    }

    /// What `device` does not meet, in words.
    static String unmet(ClusterState state, int device) {
        Candidate candidate = state.candidate(device);
        var rules = state.electionRules();
        List<ElectionCriterion> unmet = candidate.unmet(rules);
        if (unmet.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (ElectionCriterion criterion : unmet) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(
                            switch (criterion) {
                                case HEALTH -> "health " + candidate.health() + " is below " + rules.minHealth();
                                case LOAD ->
                                    "load " + candidate.capacity().load() + " % is above " + rules.maxLoad() + " %";
                                case PROCESSORS ->
                                    candidate.capacity().processors() + " processors are fewer than "
                                            + rules.minProcessors();
                                case LINK_SPEED ->
                                    candidate.capacity().linkMbps() + " Mbit/s are less than " + rules.minLinkMbps();
                                case SELF_REQUEST -> "it asks to be relieved";
                            });
        }
        return text.toString();
    }
}
