package net.testudo.sim.world;

import java.util.random.RandomGenerator;

/// How badly a network treats frames.
///
/// @param loss share of frames that vanish
/// @param duplicate share of frames that arrive twice
/// @param reorder share of frames that may overtake earlier ones
/// @param latencyNs usual time under way (half to one and a half of it)
/// @param slow share of frames that take up to `slowNsMax` longer
/// @param slowNsMax how much longer
public record Conditions(double loss, double duplicate, double reorder, long latencyNs, double slow, long slowNsMax) {
    private static final long US = 1_000L;
    private static final long MS = 1_000_000L;

    /// A healthy switch.
    public static final Conditions CALM = new Conditions(0, 0, 0, 100 * US, 0, 0);
    /// What a cluster has to live with every day.
    public static final Conditions USUAL = new Conditions(0.005, 0.01, 0.05, 300 * US, 0.01, 5 * MS);
    /// Some loss, everything out of order.
    public static final Conditions DISORDERED = new Conditions(0.01, 0.05, 0.5, 600 * US, 0.05, 10 * MS);
    /// A congested network.
    public static final Conditions SLOW = new Conditions(0.01, 0.02, 0.1, 1_500 * US, 0.02, 80 * MS);
    /// A damaged cable.
    public static final Conditions LOSSY = new Conditions(0.15, 0.02, 0.05, 300 * US, 0.01, 5 * MS);

    long delayNs(RandomGenerator random) {
        long delayNs = latencyNs / 2 + (long) (random.nextDouble() * latencyNs);
        if (slow > 0 && random.nextDouble() < slow) {
            double u = random.nextDouble();
            delayNs += (long) (u * u * slowNsMax);
        }
        return delayNs;
    }
}
