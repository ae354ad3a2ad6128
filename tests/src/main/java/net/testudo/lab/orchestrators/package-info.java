/// Two orchestrators that edit, lock, confirm and die while masters are killed, and what must be true afterwards.
@NullMarked
package net.testudo.lab.orchestrators;

import org.jspecify.annotations.NullMarked;
