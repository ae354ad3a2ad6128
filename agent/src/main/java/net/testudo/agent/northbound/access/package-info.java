/// The module `testudo-access`: why somebody may do something.
@NullMarked
package net.testudo.agent.northbound.access;

import org.jspecify.annotations.NullMarked;
