package net.testudo.sim.world;

/// What is plugged into a [SimNetwork]: a device's port or a host.
interface Attachment {
    /// A frame arrived; it may be shared with other receivers and must not be changed.
    void deliver(byte[] frame);
}
