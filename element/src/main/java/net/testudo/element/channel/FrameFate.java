package net.testudo.element.channel;

/// What became of a sealed frame that arrived; each value is a counter.
public enum FrameFate {
    /// It is authentic and new; its content lies in the opener's buffer.
    OK,
    /// It is shorter than its header or its short length says, or what was sealed in it is.
    MALFORMED,
    /// It is an 802.1AE frame of somebody else: no device of a cluster tags or names itself like this.
    FOREIGN,
    /// What was sealed in it has a version that this device does not speak.
    VERSION_NOT_SUPPORTED,
    /// This device sent it itself.
    OWN_FRAME,
    /// No association with this process of the device it names: a stranger, a restarted member, or an old frame.
    UNKNOWN_SCI,
    /// It names an association number for which there is no key.
    WRONG_AN,
    /// It was altered, forged, sealed with another key, or sent on another path.
    ALTERED,
    /// A frame with its packet number was accepted before.
    REPLAYED,
    /// Its packet number is behind the replay window, or older than the association.
    LATE
}
