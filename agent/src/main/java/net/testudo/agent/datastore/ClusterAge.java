package net.testudo.agent.datastore;

import java.util.function.LongSupplier;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.ElementSnapshot;

/// How long the cluster runs: the same at every master, and begun anew when all of it was down.
///
/// @param element knows when it began to run
/// @param clockNs the clock of the snapshots, as [System#nanoTime]
public record ClusterAge(ElementClient element, LongSupplier clockNs) {
    private static final long NS_PER_MS = 1_000_000;

    /// The age at this moment, in milliseconds.
    public long nowMs() {
        ElementSnapshot snapshot = element.snapshot();
        return Math.max(0, clockNs.getAsLong() - snapshot.clusterStartedNs()) / NS_PER_MS;
    }
}
