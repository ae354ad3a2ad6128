/// An element in memory, for tests of what talks to it.
@NullMarked
package net.testudo.agent;

import org.jspecify.annotations.NullMarked;
