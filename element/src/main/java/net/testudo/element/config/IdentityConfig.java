package net.testudo.element.config;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Exposures of the cluster's identity that are settled: devices that were taken out, and because of which no secret
/// has
/// to be replaced any more.
///
/// @param settled by device number
public record IdentityConfig(SortedMap<Integer, Settled> settled) {
    /// The path of the list.
    public static final String SETTLED = ClusterConfig.CLUSTER + "/testudo-identity:identity/settled-exposure";

    /// How it was settled.
    ///
    /// @param deviceKey the beginning of the public key with which the device was admitted, hexadecimal
    /// @param by what was done
    /// @param user who did it, or empty
    /// @param reason what the operator said of it, or empty
    public record Settled(String deviceKey, Settlement by, String user, String reason) {}

    /// What was done.
    public enum Settlement {
        /// The secrets were replaced.
        ROTATION,
        /// The operator said that there is no need to.
        WAIVER;

        /// As written in the configuration.
        public String text() {
            return this == ROTATION ? "rotation" : "waiver";
        }
    }

    /// Keeps its own copy.
    public IdentityConfig {
        settled = Collections.unmodifiableSortedMap(new TreeMap<>(settled));
    }
}
