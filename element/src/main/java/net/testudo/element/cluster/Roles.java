package net.testudo.element.cluster;

import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.ClusterConfig.StaticRole;
import net.testudo.element.net.DeviceSet;

/// Who gets which working role (DEF-01..06, ELE-04, ELE-05).
final class Roles {
    private Roles() {}

    /// @param backup the backup master, 0 if none
    /// @param standby members in the role standby
    record Assignment(int backup, DeviceSet standby) {}

    /// Who can take a role.
    ///
    /// @param backup members that could be backup master
    /// @param there members that are heard, not suspended and in service
    record Candidates(DeviceSet backup, DeviceSet there) {}

    /// The backup is kept while it can be; else the healthiest, then the lowest number. Active are as many as the
    /// configuration wants - all with the static role active, or the configured count - of those that are there:
    /// first those with the static role active, master and backup before the others, then standby ones in place of
    /// those that are missing (ROL-03, FOO-10). The rest of those that are there waits, as do those in maintenance.
    static Assignment assign(
            ClusterConfig config, int master, Candidates candidates, int previousBackup, Peer[] peers) {
        DeviceSet eligible = candidates.backup;
        int backup = eligible.contains(previousBackup) ? previousBackup : best(eligible, peers);
        DeviceSet leads = DeviceSet.of(master);
        leads = backup == 0 ? leads : leads.with(backup);
        DeviceSet primary = DeviceSet.NONE;
        for (ClusterConfig.Member member : config.members()) {
            primary = member.staticRole() == StaticRole.ACTIVE ? primary.with(member.id()) : primary;
        }
        int wanted = Math.min(config.operation().activeCount().orElse(DeviceSet.DEVICE_MAX), primary.size());
        DeviceSet there = candidates.there;
        DeviceSet active = fill(DeviceSet.NONE, there.and(primary).and(leads), wanted);
        active = fill(active, there.and(primary), wanted);
        active = fill(active, there.minus(primary), wanted);
        DeviceSet waiting = there.minus(active).or(MemberList.deactivated(config));
        return new Assignment(backup, waiting.without(master));
    }

    private static DeviceSet fill(DeviceSet active, DeviceSet from, int wanted) {
        DeviceSet filled = active;
        DeviceSet more = from.minus(active);
        for (int d = more.first(); d != 0 && filled.size() < wanted; d = more.next(d)) {
            filled = filled.with(d);
        }
        return filled;
    }

    private static int best(DeviceSet eligible, Peer[] peers) {
        int best = 0;
        for (int d = eligible.first(); d != 0; d = eligible.next(d)) {
            if (best == 0 || health(peers[d]) > health(peers[best])) {
                best = d;
            }
        }
        return best;
    }

    private static int health(Peer peer) {
        return peer.status == null ? 0 : peer.status.health();
    }

    /// Whether another device is backup master, and there.
    static boolean hearsBackup(ClusterState state, long nowNs) {
        return state.backup != 0
                && state.backup != state.self()
                && state.voters().contains(state.backup)
                && !state.isSilent(state.backup, nowNs);
    }

    /// How many candidates stand before this device: the backup master stands first, then the others by number.
    static int rankAsCandidate(ClusterState state, long nowNs) {
        if (state.backup == state.self()) {
            return 0;
        }
        int rank = 0;
        DeviceSet others = state.voters().without(state.self()).minus(state.deactivated());
        for (int d = others.first(); d != 0; d = others.next(d)) {
            boolean there = !state.isSilent(d, nowNs);
            if (there && (d == state.backup || d < state.self())) {
                rank++;
            }
        }
        return rank;
    }
}
