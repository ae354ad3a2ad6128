package net.testudo.element.channel;

/// Takes handshake frames that are to be sent in clear on the cluster port.
@FunctionalInterface
public interface HandshakeSink {
    /// One frame.
    ///
    /// @param toBootId boot id of the device it is for; a sender that does not know its MAC address may use the
    ///     group address, others ignore the frame
    /// @param frame its octets, from behind the EtherType on; not used by the handshake any more
    void onFrame(long toBootId, byte[] frame);
}
