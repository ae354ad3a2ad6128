package net.testudo.element.cluster;

import org.jspecify.annotations.Nullable;

/// Between what the difference of two monotonic clocks lies: a peer's minus the own one (FRM-13). Each exchange of
/// statuses gives bounds that hold however long the messages were under way; bounds of several exchanges are
/// intersected, so that the fastest one counts most, and grow with the time since.
///
/// @param lowNs lower bound
/// @param highNs upper bound
/// @param atNs when they held, own clock
record ClockBounds(long lowNs, long highNs, long atNs) {
    /// Two clocks of which each is at most 1 % wrong drift apart by at most 1.01 / 0.99.
    private static final long DRIFT_PER_MILLE = 21;

    /// The times of one exchange. A message is stamped with the beginning of the turn in which it is sent, and on
    /// arrival with the beginning of the turn after: what lies between is never shorter than what really passed.
    ///
    /// @param sentNs when this device sent its status, own clock
    /// @param peerHeardNs when the peer had it, the peer's clock
    /// @param peerSentNs when the peer sent the status that says so, the peer's clock
    /// @param heardNs when this device had that one, own clock
    record Exchange(long sentNs, long peerHeardNs, long peerSentNs, long heardNs) {
        /// Whether the times can be true: none is before the one that it follows on the same clock.
        boolean isSound() {
            return heardNs - sentNs >= 0 && peerSentNs - peerHeardNs >= 0;
        }
    }

    /// The bounds that one exchange gives.
    static ClockBounds of(Exchange exchange) {
        long drift = drift(exchange.heardNs - exchange.sentNs);
        return new ClockBounds(
                exchange.peerSentNs - exchange.heardNs - drift,
                exchange.peerHeardNs - exchange.sentNs + drift,
                exchange.heardNs);
    }

    /// These bounds and what was known before. Where both cannot be true, a clock jumped, and what was known before is
    /// void.
    ClockBounds and(@Nullable ClockBounds before) {
        if (before == null) {
            return this;
        }
        ClockBounds then = before.at(atNs);
        ClockBounds both = new ClockBounds(Math.max(lowNs, then.lowNs), Math.min(highNs, then.highNs), atNs);
        return both.lowNs <= both.highNs ? both : this;
    }

    /// What still holds at `nowNs`.
    ClockBounds at(long nowNs) {
        long drift = drift(nowNs - atNs);
        return new ClockBounds(lowNs - drift, highNs + drift, nowNs);
    }

    /// The middle.
    long offsetNs() {
        return lowNs + (highNs - lowNs) / 2;
    }

    /// How far the difference is from the middle at most.
    long uncertaintyNs() {
        return (highNs - lowNs + 1) / 2;
    }

    private static long drift(long spanNs) {
        return Math.max(0, spanNs) * DRIFT_PER_MILLE / 1_000 + 1;
    }
}
