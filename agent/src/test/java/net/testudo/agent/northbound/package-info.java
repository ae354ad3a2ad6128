/// Holds what is made for a module against the module.
@NullMarked
package net.testudo.agent.northbound;

import org.jspecify.annotations.NullMarked;
