/// Tests of the keys of the management plane.
@NullMarked
package net.testudo.agent.keystore;

import org.jspecify.annotations.NullMarked;
