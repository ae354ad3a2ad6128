package net.testudo.element.port;

import java.lang.foreign.MemorySegment;

/// Takes the frames that a [PacketPort] received.
@FunctionalInterface
public interface FrameSink {
    /// One Ethernet frame from its destination MAC address on, without preamble and FCS.
    ///
    /// @param buffer holds the frame; valid only during the call
    /// @param offset where the frame starts, in octets
    /// @param length of the frame, in octets
    void onFrame(MemorySegment buffer, long offset, int length);
}
