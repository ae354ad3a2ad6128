package net.testudo.element.channel;

import net.testudo.element.net.ProtocolVersions;

/// Learns what becomes of associations. May call back into the [Association].
public interface AssociationListener {
    /// Frames of this boot of `device` can be opened from now on, and it can open ours.
    ///
    /// @param spoken by the peer: a version is common
    /// @param next the peer handed out the key too that it will go over to
    void onAssociated(int device, long bootId, ProtocolVersions spoken, boolean next);

    /// `device` proved who it is, and speaks no version that this device speaks. Said again at each attempt.
    void onVersionRefused(int device, ProtocolVersions spoken);

    /// `device` proved who it is, and says that this device was taken out of the cluster.
    void onRevoked(int device);

    /// An attempt that this device started came to nothing; it may be started again.
    void onAssociationFailed(int device, long bootId, HandshakeFailure failure);
}
