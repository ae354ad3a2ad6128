/// The module `testudo-system`: users and keys.
@NullMarked
package net.testudo.agent.northbound.system;

import org.jspecify.annotations.NullMarked;
