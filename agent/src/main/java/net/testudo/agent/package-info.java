/// The agent: assembly and lifecycle of one device.
@NullMarked
package net.testudo.agent;

import org.jspecify.annotations.NullMarked;
