/// The simulated surroundings of an engine: time, networks, hosts, disks, the agent's side of management.
///
/// Everything happens in one thread, in the order of one event queue; the same seed gives the same run.
@NullMarked
package net.testudo.sim.world;

import org.jspecify.annotations.NullMarked;
