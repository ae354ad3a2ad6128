package net.testudo.agent.store;

import java.io.IOException;

/// A state directory cannot be used. The message is one line that names the file and says what to do.
public final class StateDirectoryException extends IOException {
    /// @param message names the file and says what to do
    public StateDirectoryException(String message) {
        super(message);
    }

    /// @param message names the file and says what to do
    /// @param cause what the system said
    public StateDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
