/// Holds the YANG modules against a foreign parser.
@NullMarked
package net.testudo.yang;

import org.jspecify.annotations.NullMarked;
