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

    static PortUnavailableException missing(String port) {
        return new PortUnavailableException(
                "port " + port + " does not exist: check its name with `ip link`, or create it");
    }

    static PortUnavailableException refused(String port, boolean rightMissing, Throwable cause) {
        String what = rightMissing
                ? " may not be opened: run as root, or with CAP_NET_RAW and CAP_NET_ADMIN"
                : " cannot be opened: " + cause.getMessage();
        return new PortUnavailableException("port " + port + what, cause);
    }
}
