package net.testudo.sim;

import org.jspecify.annotations.Nullable;

/// What `simulate` was asked to do.
///
/// @param firstSeed of the range
/// @param lastSeed of the range, included
/// @param devices in the cluster
/// @param verbose whether to print what happens in each run
/// @param durationS how long things break, in seconds of a cluster with a dead time of 50 ms
/// @param manner what happens in the runs besides the faults of every run
/// @param json file for the summary, or null
record Options(
        long firstSeed,
        long lastSeed,
        int devices,
        boolean verbose,
        int durationS,
        Manner manner,
        @Nullable String json) {
    static final int DURATION_S = 4;
}
