package net.testudo.element.channel;

import net.testudo.element.net.DeviceSet;
import net.testudo.element.port.EntropySource;
import org.jspecify.annotations.Nullable;

/// Associates this member with others: both prove that they hold the secret of the pair ([PairSecrets]), and each
/// delivers its transmit key to the other, and the one that comes next if it is about to change. The keys of a
/// restarted peer replace the old ones only when the new boot has proved itself.
///
/// A device that was taken out of the cluster is answered, so that it learns just that; it gets no key. Of two members
/// that start at once, the attempt of the lower device number goes on.
///
/// What each delivers: kind (1), then twice: its next packet number (8), a [Sak].
public final class Association {
    private static final int REVOKED = 0;
    private static final int ONE_KEY = 1;
    private static final int TWO_KEYS = 2;
    private static final int AT_KEYS = 1;
    private static final int KEY_OCTETS = Long.BYTES + Sak.OCTETS;
    static final int PAYLOAD_OCTETS = AT_KEYS + 2 * KEY_OCTETS;

    private final PairSecrets secrets;
    private final FrameSealer sealer;
    private final FrameOpener opener;
    private final AssociationListener listener;
    private final Handshakes handshakes;
    private final int[] handedOut = new int[DeviceSet.DEVICE_MAX + 1];

    /// @param secrets shared with the other devices; wiped with this object
    /// @param sealer of this device; its device number and boot id are this device's
    /// @param opener gets the keys of the others
    public Association(
            EntropySource entropy,
            PairSecrets secrets,
            FrameSealer sealer,
            FrameOpener opener,
            AssociationListener listener) {
        this.secrets = secrets;
        this.sealer = sealer;
        this.opener = opener;
        this.listener = listener;
        HandshakeParty party = HandshakeParty.association(sealer.device(), sealer.bootId(), opener.versions());
        this.handshakes = new Handshakes(party, entropy, new Owner());
    }

    /// Starts an association with this boot of `device`, as seen in a frame that could not be opened, or again to
    /// hand out the next key. Does nothing if it is under way already, if no secret is shared with `device`, or if
    /// too many of its boots are being tried: a boot id is only a claim, so a further one does not end the attempts
    /// towards others.
    ///
    /// @return whether an attempt was started
    public boolean start(int device, long bootId, long nowNs) {
        byte[] secret = device == sealer.device() || secrets.isRevoked(device) ? null : secrets.of(device);
        return secret != null && handshakes.start(Integer.toString(device), bootId, secret, nowNs);
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

    /// Ends the association with a device that is no member any more.
    public void remove(int device) {
        handshakes.dropAll(Integer.toString(device));
        opener.remove(device);
    }

    /// The number of the newest key that was last handed out to `device`.
    int handedOut(int device) {
        return handedOut[device];
    }

    /// How many frames met this fate.
    public long frames(HandshakeFate fate) {
        return handshakes.frames(fate);
    }

    /// Handshakes that are under way.
    public int halfOpen() {
        return handshakes.halfOpen();
    }

    /// Ends all associations and wipes all keys, those of sealer and opener too.
    public void destroy() {
        handshakes.destroy();
        opener.clear();
        sealer.destroy();
        secrets.destroy();
    }

    private static int deviceOf(String name) {
        boolean number =
                name.length() <= 2 && name.chars().allMatch(c -> c >= '0' && c <= '9') && name.charAt(0) != '0';
        int device = number ? Integer.parseInt(name) : 0;
        return device <= DeviceSet.DEVICE_MAX ? device : 0;
    }

    private final class Owner implements HandshakeOwner {
        @Override
        public byte @Nullable [] secretFor(String peer) {
            return secrets.of(deviceOf(peer));
        }

        @Override
        public boolean ownAttemptWins(String peer) {
            return sealer.device() < deviceOf(peer);
        }

        @Override
        public byte[] payload(String peer) {
            byte[] payload = new byte[PAYLOAD_OCTETS];
            if (secrets.isRevoked(deviceOf(peer))) {
                payload[0] = REVOKED;
                return payload;
            }
            Sak next = sealer.next();
            handedOut[deviceOf(peer)] = (next == null ? sealer.sak() : next).number();
            payload[0] = (byte) (next == null ? ONE_KEY : TWO_KEYS);
            put(payload, AT_KEYS, sealer.sealedFrames() + 1, sealer.sak());
            if (next != null) {
                put(payload, AT_KEYS + KEY_OCTETS, 1, next);
            }
            return payload;
        }

        private static void put(byte[] payload, int at, long nextNumber, Sak sak) {
            Octets.putLong(payload, at, nextNumber);
            sak.copyTo(payload, at + Long.BYTES);
        }

        @Override
        public void onDone(Peer peer, HandshakeKeys keys, byte[] payload, boolean initiator) {
            int device = deviceOf(peer.name());
            long bootId = peer.bootId();
            if (secrets.isRevoked(device)) {
                return;
            }
            int kind = payload[0];
            if (kind == REVOKED) {
                listener.onRevoked(device);
                return;
            }
            install(device, bootId, payload, AT_KEYS);
            if (kind == TWO_KEYS) {
                install(device, bootId, payload, AT_KEYS + KEY_OCTETS);
            }
            listener.onAssociated(device, bootId, peer.spoken(), kind == TWO_KEYS);
        }

        @Override
        public void onVersionRefused(Peer peer) {
            listener.onVersionRefused(deviceOf(peer.name()), peer.spoken());
        }

        private void install(int device, long bootId, byte[] payload, int at) {
            opener.install(device, bootId, payload, at + Long.BYTES, Octets.getLong(payload, at));
        }

        @Override
        public void onFailed(String peer, long bootId, HandshakeFailure failure) {
            listener.onAssociationFailed(deviceOf(peer), bootId, failure);
        }
    }
}
