package net.testudo.pcapio;

import java.io.IOException;

/// A port cannot be opened. The message is one line that names the port and says what to do.
public final class PortUnavailableException extends IOException {
    /// @param message names the port and says what to do
    public PortUnavailableException(String message) {
        super(message);
    }

    /// @param message names the port and says what to do
    /// @param cause what the system said
    public PortUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
