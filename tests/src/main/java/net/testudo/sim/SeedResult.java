package net.testudo.sim;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came of one run.
///
/// @param seed of the run
/// @param simulatedNs how long it lasted in simulated time
/// @param events that were simulated
/// @param elections epochs that had a serving master
/// @param commits that were acknowledged
/// @param faults that happened
/// @param flows that the hosts opened
/// @param packets that left the cluster
/// @param interruptions the longest wait of a host at each fault of a gentle run, in nanoseconds, by what happened
/// @param failure what went wrong, or null
/// @param trace the last lines of what happened, if asked for
record SeedResult(
        long seed,
        long simulatedNs,
        long events,
        int elections,
        int commits,
        int faults,
        int flows,
        long packets,
        Map<String, List<Long>> interruptions,
        @Nullable Failure failure,
        List<String> trace) {
    /// What went wrong.
    ///
    /// @param checker name of the broken rule
    /// @param what happened
    record Failure(String checker, String what) {}
}
