/// NETCONF clients that cost little, in a process of their own in a namespace of the lab: for load and for times.
@NullMarked
package net.testudo.lab.netconf;

import org.jspecify.annotations.NullMarked;
