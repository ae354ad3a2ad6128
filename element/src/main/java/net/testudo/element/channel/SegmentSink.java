package net.testudo.element.channel;

/// Takes the segments that a [ReliableStream] wants to have sent.
@FunctionalInterface
public interface SegmentSink {
    /// One segment.
    ///
    /// @param buffer holds the segment; valid only during the call
    /// @param offset where it starts
    /// @param length of the segment in octets
    /// @return false if it cannot be sent now; the stream then stops for this turn and tries again soon
    boolean onSegment(byte[] buffer, int offset, int length);
}
