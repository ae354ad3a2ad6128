package net.testudo.agent.netconf;

import java.io.Serial;
import net.testudo.agent.datastore.RpcError;

/// A message is not taken, and what follows of it can mean anything.
final class MessageRefused extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient RpcError error;

    /// @param error that the client is told before the session ends
    MessageRefused(RpcError error) {
        super(error.message());
        this.error = error;
    }

    RpcError error() {
        return error;
    }
}
