package net.testudo.element.cluster;

import net.testudo.element.config.SuccessionConfig;

/// What holds pre-emption up while the role of the master moves too often: a penalty for each change, which halves with
/// each half-life. Each device keeps its own, of the changes that it saw, so that whoever leads next knows it.
final class Damping {
    /// For one change of master.
    static final int PENALTY = 1000;
    private static final int HALVINGS_MAX = 20;

    private long penalty;
    private long atNs;
    private boolean suppressed;

    /// The master changed.
    void penalise(SuccessionConfig.Damping rules, long nowNs) {
        penalty = Math.min(decayed(rules, nowNs) + PENALTY, ceiling(rules));
        atNs = nowNs;
        suppressed |= penalty >= rules.suppress();
    }

    /// The penalty as it has fallen by now.
    int penalty(SuccessionConfig.Damping rules, long nowNs) {
        return (int) decayed(rules, nowNs);
    }

    /// Whether there is no pre-emption now.
    boolean isSuppressed(SuccessionConfig.Damping rules, long nowNs) {
        suppressed &= decayed(rules, nowNs) > rules.reuse();
        return suppressed;
    }

    /// Halved for each half-life, and in a straight line between: no rounding of powers differs between machines.
    private long decayed(SuccessionConfig.Damping rules, long nowNs) {
        long elapsedNs = Math.max(0, nowNs - atNs);
        long halvings = elapsedNs / rules.halfLifeNs();
        if (halvings >= Long.SIZE - 1) {
            return 0;
        }
        long from = penalty >> halvings;
        double share = (double) (elapsedNs % rules.halfLifeNs()) / rules.halfLifeNs();
        return from - (long) (from / 2.0 * share);
    }

    /// What falls to `reuse` within the longest time that pre-emption may be held up; `suppress` at least.
    private static long ceiling(SuccessionConfig.Damping rules) {
        long halvings = Math.min(HALVINGS_MAX, rules.maxSuppressNs() / rules.halfLifeNs());
        return Math.max(rules.suppress(), (long) rules.reuse() << halvings);
    }
}
