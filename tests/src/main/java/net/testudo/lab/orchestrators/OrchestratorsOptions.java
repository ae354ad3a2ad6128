package net.testudo.lab.orchestrators;

import java.time.Duration;

/// What was asked for.
///
/// @param time for which they work
/// @param seed of what they do, and of when masters are killed
/// @param devices of the cluster
/// @param verbose whether each change is told of
record OrchestratorsOptions(Duration time, long seed, int devices, boolean verbose) {}
