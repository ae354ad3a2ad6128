package net.testudo.element.channel;

/// Why a handshake that this device started came to nothing. Known when its time is over: what arrives unproven
/// does not end an attempt, it only explains its end.
public enum HandshakeFailure {
    /// The peer did not answer.
    NO_ANSWER,
    /// The peer answered, but one side holds another key.
    WRONG_KEY,
    /// The peer does not speak this version of the handshake.
    VERSION_NOT_SUPPORTED,
    /// The peer proved itself, but never confirmed that we did.
    NOT_CONFIRMED
}
