/// Faults by seed: what breaks when, and which combinations are left out because they are documented as unsafe.
@NullMarked
package net.testudo.sim.fault;

import org.jspecify.annotations.NullMarked;
