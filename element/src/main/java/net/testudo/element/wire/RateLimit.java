package net.testudo.element.wire;

/// Limits how often something is sent (RFC 1812 §4.3.2.8): a burst, then a steady rate. Time is given with each
/// question.
public final class RateLimit {
    private final long intervalNs;
    private final long burstNs;
    /// When the next one would be due if all were sent at the steady rate.
    private long dueNs;

    /// @param perSecond the steady rate, at least 1
    /// @param burst how many may be sent at once, at least 1
    /// @param nowNs the time of making, with the whole burst available
    public RateLimit(int perSecond, int burst, long nowNs) {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("rate and burst have to be at least 1: " + perSecond + ", " + burst);
        }
        intervalNs = 1_000_000_000L / perSecond;
        burstNs = intervalNs * (burst - 1);
        dueNs = nowNs - burstNs;
    }

    /// Whether one may be sent now; if so, it counts as sent.
    public boolean tryAcquire(long nowNs) {
        if (nowNs - dueNs > burstNs) {
            dueNs = nowNs - burstNs;
        }
        if (nowNs - dueNs < 0) {
            return false;
        }
        dueNs += intervalNs;
        return true;
    }
}
