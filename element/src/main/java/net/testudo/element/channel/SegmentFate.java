package net.testudo.element.channel;

/// What became of a segment that arrived at a [ReliableStream]; each value is a counter.
public enum SegmentFate {
    /// Its content was taken over.
    ACCEPTED,
    /// It was there before; its acknowledgement was used.
    DUPLICATE,
    /// It is shorter than its header or the lengths it states, or longer.
    WRONG_LENGTH,
    /// It has a version that this device does not speak.
    VERSION_NOT_SUPPORTED,
    /// It belongs to another stream.
    WRONG_STREAM,
    /// It belongs to another session: the peer or this device restarted, or no session is open.
    WRONG_SESSION,
    /// Its records do not fill its payload exactly.
    MALFORMED,
    /// It acknowledges what was never sent.
    WRONG_ACKNOWLEDGEMENT,
    /// It is further ahead than the receive window reaches; it will come again.
    BEYOND_WINDOW,
    /// The stream has failed (see [ReliableStream#failed]).
    STREAM_FAILED
}
