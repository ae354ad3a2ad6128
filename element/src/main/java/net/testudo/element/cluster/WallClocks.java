package net.testudo.element.cluster;

import net.testudo.element.net.DeviceSet;

/// The wall clocks of the members that are heard (FRM-13).
///
/// @param earliest the device whose clock is behind all others, 0 if fewer than two are known
/// @param latest the one whose clock is ahead of all others, or 0
/// @param spanMs how far they are apart
record WallClocks(int earliest, int latest, long spanMs) {
    static WallClocks of(ClusterState state, long nowNs) {
        int earliest = 0;
        int latest = 0;
        long leastMs = Long.MAX_VALUE;
        long mostMs = Long.MIN_VALUE;
        DeviceSet members = state.members();
        for (int d = members.first(); d != 0; d = members.next(d)) {
            boolean there = d == state.self() || !state.isSilent(d, nowNs);
            Long wallMs = there ? ClockExchange.wallMs(state, d, nowNs) : null;
            if (wallMs != null && wallMs < leastMs) {
                leastMs = wallMs;
                earliest = d;
            }
            if (wallMs != null && wallMs > mostMs) {
                mostMs = wallMs;
                latest = d;
            }
        }
        return earliest == latest ? new WallClocks(0, 0, 0) : new WallClocks(earliest, latest, mostMs - leastMs);
    }
}
