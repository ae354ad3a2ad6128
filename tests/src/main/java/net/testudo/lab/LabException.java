package net.testudo.lab;

/// Something in the lab did not work; the message says what, and what a person can do about it.
public class LabException extends RuntimeException {
    /// @param message for a person
    public LabException(String message) {
        super(message);
    }

    /// @param message for a person
    /// @param cause what was caught
    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
