/// `./testudo bench`: how fast the product's own classes are on this machine, over ports and processes of the lab.
/// Figures, not tests: nothing here passes or fails by a time.
@NullMarked
package net.testudo.bench;

import org.jspecify.annotations.NullMarked;
