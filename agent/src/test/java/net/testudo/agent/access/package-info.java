/// Tests of access control.
@NullMarked
package net.testudo.agent.access;

import org.jspecify.annotations.NullMarked;
