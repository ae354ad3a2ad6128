/// Tests of the traffic tools without a network.
@NullMarked
package net.testudo.lab.traffic;

import org.jspecify.annotations.NullMarked;
