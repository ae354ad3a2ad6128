/// The simulator: whole clusters of real engines on simulated time, networks, disks and clocks, driven by a seed.
///
/// ```
///   seed -> SimWorld (queue, networks, devices)  <- FaultPlan   cuts, crashes, stalls, disks
///              |  every turn of every engine      <- Workload    form, join, commit, fail over, leave
///              v
///           checkers (what must always hold), then the liveness phase
/// ```
@NullMarked
package net.testudo.sim;

import org.jspecify.annotations.NullMarked;
