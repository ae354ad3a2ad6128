/// The command line.
@NullMarked
package net.testudo.agent.cli;

import org.jspecify.annotations.NullMarked;
