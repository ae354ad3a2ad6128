package net.testudo.element.channel;

import net.testudo.element.net.ProtocolVersions;
import org.jspecify.annotations.Nullable;

/// What a use of the handshake (join, association) decides and learns.
interface HandshakeOwner {
    /// The other side.
    ///
    /// @param name of it
    /// @param bootId of its process
    /// @param spoken by it, authentic
    record Peer(String name, long bootId, ProtocolVersions spoken) {}

    /// The secret shared with the device of this name, or null if its attempts are not to be answered; not wiped by
    /// the handshake.
    byte @Nullable [] secretFor(String peer);

    /// Whether, when both sides have started, this device's attempt is the one that goes on.
    boolean ownAttemptWins(String peer);

    /// What is delivered to the peer, sealed; a fresh array, wiped afterwards.
    byte[] payload(String peer);

    /// Both sides have proved themselves.
    ///
    /// @param keys for session keys; wiped afterwards
    /// @param payload of the peer; wiped afterwards
    void onDone(Peer peer, HandshakeKeys keys, byte[] payload, boolean initiator);

    /// A peer that holds the secret speaks no version that this device speaks. May be said again and again.
    default void onVersionRefused(Peer peer) {}

    /// An attempt of this device came to nothing.
    void onFailed(String peer, long bootId, HandshakeFailure failure);
}
