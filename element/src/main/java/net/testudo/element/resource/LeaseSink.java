package net.testudo.element.resource;

/// Takes the messages that leases cause. A message to the device itself comes back to it at once.
@FunctionalInterface
public interface LeaseSink {
    /// Send `message` to `device`, reliably and in order, within the epoch that the message carries.
    void send(int device, LeaseMessage message);
}
