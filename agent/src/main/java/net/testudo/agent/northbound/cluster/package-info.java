/// The module `testudo-cluster`: state and operations.
@NullMarked
package net.testudo.agent.northbound.cluster;

import org.jspecify.annotations.NullMarked;
