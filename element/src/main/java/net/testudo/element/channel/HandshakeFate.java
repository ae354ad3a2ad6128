package net.testudo.element.channel;

/// What became of a handshake frame that arrived; each value is a counter.
public enum HandshakeFate {
    /// It moved a handshake on.
    ACCEPTED,
    /// It was there before; it was answered again.
    REPEATED,
    /// A refusal; it names the reason if the attempt runs out of time, and does nothing else.
    REFUSAL,
    /// It is shorter than its header or the length it states.
    TOO_SHORT,
    /// Its version is not spoken here; the sender was told so.
    VERSION_NOT_SUPPORTED,
    /// It is for another device, another boot of this device, or another use.
    NOT_FOR_US,
    /// Its parts do not fit its length, or a name in it is none.
    MALFORMED,
    /// No secret is known for its sender, so nothing is done.
    NOT_EXPECTED,
    /// It does not belong to any attempt, or to one that is over.
    UNKNOWN_ATTEMPT,
    /// Its sender does not hold our secret, or it was altered.
    WRONG_KEY,
    /// Its public value would make a secret that everybody knows.
    BAD_PUBLIC_VALUE,
    /// There were too many that cost a key agreement; it will come again.
    RATE_LIMITED,
    /// Too many handshakes are half done; it will come again.
    TOO_MANY_HALF_OPEN,
    /// Both sides started; this device's attempt goes on, the peer's does not.
    OWN_ATTEMPT_WINS
}
