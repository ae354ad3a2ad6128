package net.testudo.agent.datastore;

/// A text is not in the canonical form of configurations, or does not fit the schema.
public final class CanonicalFormException extends Exception {
    private static final long serialVersionUID = 1;

    /// @param message what is wrong and where; never the value of a secret
    CanonicalFormException(String message) {
        super(message);
    }
}
