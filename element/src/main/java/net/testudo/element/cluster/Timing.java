package net.testudo.element.cluster;

/// Times of the cluster protocol, in nanoseconds of the device's own monotonic clock.
///
/// Every status message announces the lease its sender uses; who hears it calls the sender dead only after
/// [#deadNs] of that lease, so that devices with different times can share a cluster safely.
///
/// @param statusNs interval of status messages (MON-02)
/// @param leaseNs serving lease while there are three or more voters
/// @param pairLeaseNs serving lease of a pair
/// @param voterHoldNs how long a voter stays unreachable before it loses its vote
/// @param commitTimeoutNs how long a commit waits for members that do not confirm
/// @param discoveryNs interval of discovery messages (DSC-01)
public record Timing(
        long statusNs, long leaseNs, long pairLeaseNs, long voterHoldNs, long commitTimeoutNs, long discoveryNs) {
    private static final long MS = 1_000_000L;

    /// With real-time scheduling.
    public static final Timing REAL_TIME = new Timing(5 * MS, 80 * MS, 80 * MS, 60_000 * MS, 2_000 * MS, 1_000 * MS);
    /// Without it: an ordinary thread may be late by a hundred milliseconds on a busy machine.
    public static final Timing ORDINARY = new Timing(25 * MS, 200 * MS, 200 * MS, 60_000 * MS, 2_000 * MS, 1_000 * MS);

    /// How long a device that announced `leaseNs` may be silent before it counts as dead: the lease and a quarter,
    /// which covers clocks that drift by 1 % and the time a frame is under way.
    public static long deadNs(long leaseNs) {
        return leaseNs + leaseNs / 4;
    }

    /// The lease a device uses under a voter set of this size.
    public long leaseNs(int voterCount) {
        return voterCount == 2 ? pairLeaseNs : leaseNs;
    }
}
