package net.testudo.sim.world;

/// A device's own monotonic clock: it started anywhere and runs up to 1 % fast or slow.
///
/// @param offsetNs what it shows at simulated time 0, of any sign
/// @param rate nanoseconds it advances per simulated nanosecond
public record SimClock(long offsetNs, double rate) {
    /// What the clock shows at simulated time `simNs`.
    public long localNs(long simNs) {
        return offsetNs + (long) (simNs * rate);
    }

    /// How much simulated time passes until the clock shows `deadlineNs`, 0 if it does already.
    public long untilNs(long simNs, long deadlineNs) {
        long left = deadlineNs - localNs(simNs);
        return left <= 0 ? 0 : (long) Math.ceil(left / rate);
    }
}
