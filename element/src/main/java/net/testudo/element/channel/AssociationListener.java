package net.testudo.element.channel;

/// Learns what becomes of associations. May call back into the [Association].
public interface AssociationListener {
    /// Frames of this boot of `device` can be opened from now on, and it can open ours.
    ///
    /// @param next the peer handed out the key too that it will go over to
    void onAssociated(int device, long bootId, boolean next);

    /// `device` proved who it is, and says that this device was taken out of the cluster.
    void onRevoked(int device);

    /// An attempt that this device started came to nothing; it may be started again.
    void onAssociationFailed(int device, long bootId, HandshakeFailure failure);
}
