/// The checks of orchestrators, and a short run of them.
@NullMarked
package net.testudo.lab.orchestrators;

import org.jspecify.annotations.NullMarked;
