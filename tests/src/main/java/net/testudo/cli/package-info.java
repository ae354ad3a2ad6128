/// What the command lines of the programs of this module share.
@NullMarked
package net.testudo.cli;

import org.jspecify.annotations.NullMarked;
