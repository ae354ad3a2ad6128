package net.testudo.agent.datastore;

/// What becomes of an edit of which a part is refused (RFC 6241 §7.2, `error-option`).
public enum OnError {
    /// Nothing of it is done.
    REFUSE_ALL,
    /// The rest of it is done.
    GO_ON
}
