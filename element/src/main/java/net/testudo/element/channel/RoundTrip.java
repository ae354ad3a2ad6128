package net.testudo.element.channel;

/// The retransmission time-out, from the measured round trip (the estimator of RFC 6298 §2, with limits that suit
/// one Ethernet link instead of the Internet).
final class RoundTrip {
    static final long TIMEOUT_MIN_NS = 2_000_000L;
    static final long TIMEOUT_MAX_NS = 100_000_000L;
    private static final long TIMEOUT_START_NS = 20_000_000L;

    private long smoothedNs = -1;
    private long variationNs;
    private long timeoutNs = TIMEOUT_START_NS;
    private int backOff;

    /// A round trip that was measured on a segment sent once (Karn's rule).
    void onSample(long sampleNs) {
        if (smoothedNs < 0) {
            smoothedNs = sampleNs;
            variationNs = sampleNs / 2;
        } else {
            variationNs += (Math.abs(sampleNs - smoothedNs) - variationNs) / 4;
            smoothedNs += (sampleNs - smoothedNs) / 8;
        }
        timeoutNs = Math.clamp(smoothedNs + 4 * variationNs, TIMEOUT_MIN_NS, TIMEOUT_MAX_NS);
    }

    void onProgress() {
        backOff = 0;
    }

    void onTimeout() {
        if (timeoutNs() < TIMEOUT_MAX_NS) {
            backOff++;
        }
    }

    /// The present time-out: doubled for each time-out in a row.
    long timeoutNs() {
        return Math.min(timeoutNs << backOff, TIMEOUT_MAX_NS);
    }

    /// The smoothed round trip, or 0 before the first sample.
    long smoothedNs() {
        return Math.max(smoothedNs, 0);
    }
}
