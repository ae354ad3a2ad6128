package net.testudo.element.cluster;

/// The health of a device in one number (HLT-01): 100 if all is well.
final class HealthScore {
    static final int MAX = 100;
    private static final int CARRIER_WEIGHT = 60;
    private static final int STORE_WEIGHT = 30;

    private HealthScore() {}

    /// @param carrier whether all data ports have it
    /// @param stores whether the state could be written when it last had to be
    static int of(boolean carrier, boolean stores) {
        return MAX - (carrier ? 0 : CARRIER_WEIGHT) - (stores ? 0 : STORE_WEIGHT);
    }
}
