package net.testudo.element.cluster;

import net.testudo.element.net.DeviceSet;

/// What the cluster state machine has to know of the flow functions of this device.
///
/// @param carried how many flows it carries; its status messages announce it
/// @param settled as master: whether it knows who carries which flow
/// @param orphans as master: how many of them have lost their owner
/// @param copiedTo as master: the backup master if it has all run-time data, else 0
/// @param silentBackups as master: devices that did not acknowledge run-time data as backup master
public record FlowSummary(long carried, boolean settled, long orphans, int copiedTo, DeviceSet silentBackups) {
    /// There are no flows yet.
    public static final FlowSummary NONE = new FlowSummary(0, false, 0, 0, DeviceSet.NONE);

    /// What is known now: this, if it is the same.
    public FlowSummary now(
            long nowCarried, boolean nowSettled, long nowOrphans, int nowCopiedTo, DeviceSet nowSilentBackups) {
        boolean same = nowCarried == carried
                && nowSettled == settled
                && nowOrphans == orphans
                && nowCopiedTo == copiedTo
                && nowSilentBackups.equals(silentBackups);
        return same ? this : new FlowSummary(nowCarried, nowSettled, nowOrphans, nowCopiedTo, nowSilentBackups);
    }
}
