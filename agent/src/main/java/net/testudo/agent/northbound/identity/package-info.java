/// The module `testudo-identity`: secrets that a device took along which was taken out.
@NullMarked
package net.testudo.agent.northbound.identity;

import org.jspecify.annotations.NullMarked;
