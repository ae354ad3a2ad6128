/// Tests of the parts of a cluster in the lab that need no lab.
@NullMarked
package net.testudo.lab.cluster;

import org.jspecify.annotations.NullMarked;
