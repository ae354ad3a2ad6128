package net.testudo.element.channel;

import java.util.Arrays;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.port.EntropySource;

/// The unconfigured device's side of join: answers a master that holds this device's join key, and no other.
public final class JoinResponder {
    /// A join key is drawn at random and has at least this length; it is not a password.
    public static final int KEY_OCTETS_MIN = 16;

    private final byte[] joinKey;
    private final JoinListener listener;
    private final ProtocolVersions versions;
    private final Handshakes handshakes;

    /// @param serial of this device
    /// @param bootId of this process
    /// @param versions this device speaks
    /// @param joinKey of this device; copied
    /// @throws IllegalArgumentException if the key is shorter than [#KEY_OCTETS_MIN]
    public JoinResponder(
            EntropySource entropy,
            String serial,
            long bootId,
            ProtocolVersions versions,
            byte[] joinKey,
            JoinListener listener) {
        if (joinKey.length < KEY_OCTETS_MIN) {
            throw new IllegalArgumentException("a join key has at least " + KEY_OCTETS_MIN + " octets");
        }
        this.joinKey = joinKey.clone();
        this.listener = listener;
        this.versions = versions;
        this.handshakes = new Handshakes(HandshakeParty.join(serial, bootId, versions), entropy, new Owner());
    }

    /// Takes a handshake frame from behind its EtherType on; padding is ignored.
    public HandshakeFate onFrame(byte[] buffer, int offset, int length, long nowNs) {
        return handshakes.onFrame(buffer, offset, length, nowNs);
    }

    /// Emits answers and forgets handshakes that were never finished.
    ///
    /// @return how much was done
    public int doWork(long nowNs, HandshakeSink sink) {
        return handshakes.doWork(nowNs, sink);
    }

    /// When [#doWork] has to be called at the latest.
    public long nextDeadlineNs(long nowNs) {
        return handshakes.nextDeadlineNs(nowNs);
    }

    /// How many frames met this fate.
    public long frames(HandshakeFate fate) {
        return handshakes.frames(fate);
    }

    /// Handshakes that are under way.
    public int halfOpen() {
        return handshakes.halfOpen();
    }

    /// Ends all handshakes and wipes the key; sessions go on.
    public void destroy() {
        handshakes.destroy();
        Arrays.fill(joinKey, (byte) 0);
    }

    private final class Owner implements HandshakeOwner {
        @Override
        public byte[] secretFor(String peer) {
            return joinKey;
        }

        @Override
        public boolean ownAttemptWins(String peer) {
            return false;
        }

        @Override
        public byte[] payload(String peer) {
            return new byte[0];
        }

        @Override
        public void onDone(Peer peer, HandshakeKeys keys, byte[] payload, boolean initiator) {
            listener.onJoinSession(new PairSession(peer, versions, keys, initiator));
        }

        @Override
        public void onFailed(String peer, long bootId, HandshakeFailure failure) {
            listener.onJoinFailed(peer, bootId, failure);
        }
    }
}
