/// Users of certificates, and the order of calls.
@NullMarked
package net.testudo.agent.transport;

import org.jspecify.annotations.NullMarked;
