package net.testudo.element.cluster;

import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.ClusterConfig.StaticRole;
import net.testudo.element.net.DeviceSet;

/// Who carries flows and who waits (DEF-01..06).
final class Roles {
    private Roles() {}

    /// Who waits. Active are as many as the configuration wants - all with the static role active, or the
    /// configured count - of those that are there: first those with the static role active, master and backup
    /// before the others, then standby ones in place of those that are missing (ROL-03, FOO-10). The rest of those
    /// that are there waits, as do those in maintenance.
    ///
    /// @param backup the backup master, 0 if none
    /// @param there members that are heard, not suspended and in service
    static DeviceSet standby(ClusterConfig config, int master, int backup, DeviceSet there) {
        DeviceSet leads = DeviceSet.of(master);
        leads = backup == 0 ? leads : leads.with(backup);
        DeviceSet primary = DeviceSet.NONE;
        for (ClusterConfig.Member member : config.members()) {
            primary = member.staticRole() == StaticRole.ACTIVE ? primary.with(member.id()) : primary;
        }
        int wanted = Math.min(config.operation().activeCount().orElse(DeviceSet.DEVICE_MAX), primary.size());
        DeviceSet active = fill(DeviceSet.NONE, there.and(primary).and(leads), wanted);
        active = fill(active, there.and(primary), wanted);
        active = fill(active, there.minus(primary), wanted);
        DeviceSet waiting = there.minus(active).or(MemberList.deactivated(config));
        return waiting.without(master);
    }

    private static DeviceSet fill(DeviceSet active, DeviceSet from, int wanted) {
        DeviceSet filled = active;
        DeviceSet more = from.minus(active);
        for (int d = more.first(); d != 0 && filled.size() < wanted; d = more.next(d)) {
            filled = filled.with(d);
        }
        return filled;
    }
}
