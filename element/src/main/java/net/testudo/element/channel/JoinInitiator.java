package net.testudo.element.channel;

import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.port.EntropySource;
import org.jspecify.annotations.Nullable;

/// The master's side of join: opens a sealed session with an unconfigured device by that device's join key.
public final class JoinInitiator {
    private final JoinListener listener;
    private final ProtocolVersions versions;
    private final Handshakes handshakes;

    /// @param serial of this device
    /// @param bootId of this process
    /// @param versions this device speaks
    public JoinInitiator(
            EntropySource entropy, String serial, long bootId, ProtocolVersions versions, JoinListener listener) {
        this.listener = listener;
        this.versions = versions;
        this.handshakes = new Handshakes(HandshakeParty.join(serial, bootId, versions), entropy, new Owner());
    }

    /// Starts a handshake with the device of this serial number and boot id, as discovered. Of two devices with
    /// one serial number only the one with this boot id answers.
    ///
    /// @param joinKey at least [JoinResponder#KEY_OCTETS_MIN] octets; copied, and wiped when the attempt is over
    /// @return false if nothing was started: this attempt is under way, or key or serial number are no such
    public boolean start(String serial, long deviceBootId, byte[] joinKey, long nowNs) {
        return joinKey.length >= JoinResponder.KEY_OCTETS_MIN
                && HandshakeFrame.isName(serial)
                && handshakes.start(serial, deviceBootId, joinKey, nowNs);
    }

    /// Takes a handshake frame from behind its EtherType on; padding is ignored.
    public HandshakeFate onFrame(byte[] buffer, int offset, int length, long nowNs) {
        return handshakes.onFrame(buffer, offset, length, nowNs);
    }

    /// Emits frames that are due and reports attempts whose time is over.
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

    /// Ends all attempts and wipes their keys; sessions go on.
    public void destroy() {
        handshakes.destroy();
    }

    private final class Owner implements HandshakeOwner {
        @Override
        public byte @Nullable [] secretFor(String peer) {
            return null;
        }

        @Override
        public boolean ownAttemptWins(String peer) {
            return true;
        }

        @Override
        public byte[] payload(String peer) {
            return new byte[0];
        }

        @Override
        public void onDone(Peer peer, HandshakeKeys sessionKeys, byte[] payload, boolean initiator) {
            listener.onJoinSession(new PairSession(peer, versions, sessionKeys, initiator));
        }

        @Override
        public void onFailed(String peer, long bootId, HandshakeFailure failure) {
            listener.onJoinFailed(peer, bootId, failure);
        }
    }
}
