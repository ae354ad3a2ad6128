/// One package per YANG module: how its nodes are made from, and turned into, what the element understands.
@NullMarked
package net.testudo.agent.northbound;

import org.jspecify.annotations.NullMarked;
