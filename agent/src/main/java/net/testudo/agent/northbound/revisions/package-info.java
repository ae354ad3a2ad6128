/// The module `testudo-revisions`: the history of the configuration.
@NullMarked
package net.testudo.agent.northbound.revisions;

import org.jspecify.annotations.NullMarked;
