/// Tests of the demo's parts that need no lab.
@NullMarked
package net.testudo.lab.demo;

import org.jspecify.annotations.NullMarked;
