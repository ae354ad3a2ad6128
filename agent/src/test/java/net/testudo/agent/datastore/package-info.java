/// Tests of the datastores.
@NullMarked
package net.testudo.agent.datastore;

import org.jspecify.annotations.NullMarked;
