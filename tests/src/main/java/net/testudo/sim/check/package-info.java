/// What must always hold, one small class per rule. A broken rule is a [net.testudo.sim.check.Violation].
@NullMarked
package net.testudo.sim.check;

import org.jspecify.annotations.NullMarked;
