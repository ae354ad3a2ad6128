/// Tests of the whole system: the launcher, and real processes in the lab (`…IT`).
@NullMarked
package net.testudo.system;

import org.jspecify.annotations.NullMarked;
