package net.testudo.element.port;

/// Counters of a [PacketPort] since it was opened.
///
/// @param receivedFrames handed to the sink or discarded on request
/// @param receivedOctets of those frames
/// @param receiveDrops frames lost before they were polled (ring or queue full)
/// @param sentFrames handed to the network
/// @param sentOctets of those frames
/// @param sendDrops frames refused because the transmit queue was full or the port down
public record PortCounters(
        long receivedFrames, long receivedOctets, long receiveDrops, long sentFrames, long sentOctets, long sendDrops) {
    /// All zero.
    public static final PortCounters ZERO = new PortCounters(0, 0, 0, 0, 0, 0);
}
