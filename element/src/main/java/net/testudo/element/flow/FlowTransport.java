package net.testudo.element.flow;

import java.lang.foreign.MemorySegment;

/// How the flow functions of a device talk to those of another. Implemented by the engine over the cluster protocol.
///
/// What is delivered belongs to the present session of the two devices: a session ends with either process, and
/// nothing of an earlier session arrives in a later one. No method is ever called with the device itself.
public interface FlowTransport {
    /// The version of the cluster protocol in which the two devices talk; of their session, so that it does not change
    /// while it lasts.
    int version(int device);

    /// Sends a message that must not wait behind bulk data; reliable and in order within the session.
    ///
    /// @return false if there is no session or the queue is full; nothing was taken
    boolean control(int device, byte[] message);

    /// Sends run-time data; reliable, in order within the session, windowed.
    ///
    /// @return false if there is no session or the window is full; nothing was taken
    boolean bulk(int device, byte[] message);

    /// Whether everything given to [#bulk] arrived at the device; what it did with it is not known here.
    boolean isDelivered(int device);

    /// What was sent to the device again since its session began, because it did not arrive: segments of bulk data.
    long retransmissions(int device);

    /// Carries a data frame to another device over the cluster port; as unreliable as a wire. The octets are copied or
    /// sent before the call returns.
    ///
    /// @param network index of the data network the frame came from
    /// @return false if it could not be queued
    boolean relay(int device, int network, MemorySegment buffer, long offset, int length);
}
