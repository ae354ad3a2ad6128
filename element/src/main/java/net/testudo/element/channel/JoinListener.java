package net.testudo.element.channel;

/// Learns what becomes of join handshakes. May call back into the object that reports.
public interface JoinListener {
    /// Both sides proved that they hold the device's join key; configuration may travel in `session`.
    void onJoinSession(PairSession session);

    /// An attempt that this device started came to nothing; only the initiator hears this.
    void onJoinFailed(String serial, long bootId, HandshakeFailure failure);
}
