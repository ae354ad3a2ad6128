/// The module `testudo-verification`: whether the members work with what was decided.
@NullMarked
package net.testudo.agent.northbound.verification;

import org.jspecify.annotations.NullMarked;
