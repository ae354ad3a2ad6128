/// The module `testudo-event-log`: the log, and what its records say of elections.
@NullMarked
package net.testudo.agent.northbound.eventlog;

import org.jspecify.annotations.NullMarked;
