package net.testudo.element.channel;

/// What became of a sealed frame that arrived; each value is a counter.
public enum FrameFate {
    /// It is authentic and new; its content lies in the opener's buffer.
    OK,
    /// It is shorter than its header or the length it states.
    TOO_SHORT,
    /// It has a version that this device does not speak.
    VERSION_NOT_SUPPORTED,
    /// This device sent it itself.
    OWN_FRAME,
    /// No association with the device it names.
    UNKNOWN_SENDER,
    /// The device it names is known by another boot id: it restarted, or the frame is an old one.
    UNKNOWN_BOOT,
    /// It names an association number for which there is no key.
    UNKNOWN_ASSOCIATION,
    /// It was altered, forged, sealed with another key, or sent on another path.
    BAD_TAG,
    /// A frame with its packet number was accepted before.
    REPLAYED,
    /// Its packet number is behind the replay window.
    TOO_OLD
}
