package net.testudo.element.cluster;

import java.util.List;
import java.util.Map;
import net.testudo.element.management.ElectionCriterion;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.net.DeviceSet;

/// The master appoints the roles, once in a status interval.
final class RoleAssignment {
    /// A backup master that falls below a criterion for less than this keeps its role.
    private static final long UNFIT_NS = 1_000_000_000L;

    private final ClusterState state;
    private final Suspensions suspensions;
    private long appointedNs = Peer.NEVER;
    private long fitNs = Peer.NEVER;

    RoleAssignment(ClusterState state, Suspensions suspensions) {
        this.state = state;
        this.suspensions = suspensions;
    }

    void doWork(long nowNs, Effects out) {
        if (nowNs - appointedNs >= state.timing.statusNs()) {
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
        Ranking ranking = Ranking.forBackup(state, able);
        DeviceSet candidates = ranking.candidates();
        boolean unfit = able.contains(state.backup) && !candidates.contains(state.backup);
        fitNs = unfit ? fitNs : nowNs;
        boolean kept = unfit ? nowNs - fitNs < UNFIT_NS : candidates.contains(state.backup);
        int backup = kept ? state.backup : ranking.first();
        DeviceSet there = state.members().minus(suspensions.suspended()).minus(state.deactivated());
        DeviceSet standby = Roles.standby(config, state.self(), backup, there);
        if (backup != state.backup) {
            String cause = cause(unfit);
            state.backup = backup;
            state.statusDue = true;
            state.notify(out, Kind.BACKUP_SWITCHED, backup, cause, Map.of());
        }
        state.standby = standby;
    }

    /// Voters that are there, in service, and hold all but the newest revision at least.
    private DeviceSet able(long nowNs) {
        DeviceSet able = DeviceSet.NONE;
        DeviceSet voters = state.voters()
                .without(state.self())
                .minus(suspensions.suspended())
                .minus(state.deactivated());
        for (int d = voters.first(); d != 0; d = voters.next(d)) {
            Peer peer = state.peer(d);
            if (peer.status != null && peer.decidedNumber >= state.number() - 1 && !state.isSilent(d, nowNs)) {
                able = able.with(d);
            }
        }
        return able;
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
        StringBuilder text = new StringBuilder();
        List<ElectionCriterion> unmet = candidate.unmet(rules);
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
                            });
        }
        return text.toString();
    }
}
