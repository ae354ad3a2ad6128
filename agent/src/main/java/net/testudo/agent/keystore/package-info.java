/// Keys of the management plane: host keys, hashes of passwords. Bouncy Castle is used only here.
@NullMarked
package net.testudo.agent.keystore;

import org.jspecify.annotations.NullMarked;
