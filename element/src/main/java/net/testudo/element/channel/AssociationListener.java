package net.testudo.element.channel;

/// Learns what becomes of associations. May call back into the [Association].
public interface AssociationListener {
    /// Frames of this boot of `device` can be opened from now on, and it can open ours.
    void onAssociated(int device, long bootId);

    /// An attempt that this device started came to nothing; it may be started again.
    void onAssociationFailed(int device, long bootId, HandshakeFailure failure);
}
