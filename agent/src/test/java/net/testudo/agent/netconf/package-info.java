/// Foreign clients against the server on loopback.
@NullMarked
package net.testudo.agent.netconf;

import org.jspecify.annotations.NullMarked;
