package net.testudo.element.channel;

/// A token bucket: so many at once, and one more each interval.
final class RateLimit {
    private final int burst;
    private final long intervalNs;
    private int tokens;
    private long filledNs;

    RateLimit(int burst, long intervalNs) {
        this.burst = burst;
        this.intervalNs = intervalNs;
        this.tokens = burst;
    }

    /// Takes one token if there is one.
    boolean take(long nowNs) {
        if (tokens == burst) {
            filledNs = nowNs;
        }
        long due = (nowNs - filledNs) / intervalNs;
        if (due > 0) {
            tokens = (int) Math.min(burst, tokens + due);
            filledNs += due * intervalNs;
        }
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }
}
