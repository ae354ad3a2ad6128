package net.testudo.element.cluster;

import java.util.OptionalInt;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.ClusterConfig.AdminState;
import net.testudo.element.config.ClusterConfig.StaticRole;
import net.testudo.element.net.DeviceSet;

/// Who gets which working role (DEF-01..06, ELE-04, ELE-05).
final class Roles {
    private Roles() {}

    /// @param backup the backup master, 0 if none
    /// @param standby members in the role standby
    record Assignment(int backup, DeviceSet standby) {}

    /// The backup is kept while it can be; else the healthiest, then the lowest number. Members beyond the configured
    /// count of active ones, those with the static role standby and those in maintenance wait.
    static Assignment assign(ClusterConfig config, int master, DeviceSet eligible, int previousBackup, Peer[] peers) {
        int backup = eligible.contains(previousBackup) ? previousBackup : best(eligible, peers);
        DeviceSet standby = DeviceSet.NONE;
        int active = 0;
        OptionalInt limit = config.operation().activeCount();
        for (int round = 0; round < 2; round++) {
            for (ClusterConfig.Member member : config.members()) {
                boolean leads = member.id() == master || member.id() == backup;
                if (leads != (round == 0)) {
                    continue;
                }
                boolean full = limit.isPresent() && active >= limit.getAsInt();
                boolean inService = member.adminState() == AdminState.IN_SERVICE;
                if (member.staticRole() == StaticRole.STANDBY || !inService || full) {
                    standby = standby.with(member.id());
                } else {
                    active++;
                }
            }
        }
        return new Assignment(backup, standby.without(master));
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
