package net.testudo.element.config;

/// When a master that has not failed gives its role to another device.
///
/// @param preemption whether a better device takes the role
/// @param maxTermNs how long a device leads at most, 0 for no limit (DEF-08)
/// @param transition whether a backup master below the criteria leads until a better device has all data (ELE-03)
/// @param selfRequest when a device asks to be relieved (FOC-14)
public record SuccessionConfig(Preemption preemption, long maxTermNs, boolean transition, SelfRequest selfRequest) {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    /// Unless configured otherwise.
    public static final SuccessionConfig STANDARD = new SuccessionConfig(
            new Preemption(
                    false, 20, 60 * NS_PER_SECOND, new Damping(600 * NS_PER_SECOND, 2500, 1000, 3600 * NS_PER_SECOND)),
            0,
            false,
            new SelfRequest(0, 10 * NS_PER_SECOND));

    /// A better device takes the role from the master.
    ///
    /// @param enabled whether it does
    /// @param margin by how much its score is higher
    /// @param holdNs how long it has been better
    /// @param damping what holds it up when the role moves too often
    public record Preemption(boolean enabled, int margin, long holdNs, Damping damping) {}

    /// A penalty for changes of master.
    ///
    /// @param halfLifeNs in which it halves
    /// @param suppress from which on there is no pre-emption
    /// @param reuse from which on there is again, when it falls
    /// @param maxSuppressNs how long it holds pre-emption up at most after the last change
    public record Damping(long halfLifeNs, int suppress, int reuse, long maxSuppressNs) {}

    /// A device asks to be relieved.
    ///
    /// @param belowHealth when its health score is lower, 0 for never
    /// @param holdNs how long it has been lower before it asks, and not lower before it stops asking
    public record SelfRequest(int belowHealth, long holdNs) {}
}
