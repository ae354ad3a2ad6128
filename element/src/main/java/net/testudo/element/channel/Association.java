package net.testudo.element.channel;

import java.util.Arrays;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.port.EntropySource;
import org.jspecify.annotations.Nullable;

/// Associates this member with others: both prove that they hold the cluster association key, and each delivers
/// its transmit key to the other. The keys of a restarted peer replace the old ones only when the new boot has
/// proved itself.
///
/// When the association key changes, a new sealer (the removed device knows the old transmit key), opener and
/// association take the place of the old ones, which are destroyed. Of two members that start at once, the
/// attempt of the lower device number goes on.
public final class Association {
    /// Length of the cluster association key.
    public static final int KEY_OCTETS = 32;
    /// What each member delivers to the other: its next packet number, its transmit key.
    static final int PAYLOAD_OCTETS = Long.BYTES + Sak.OCTETS;

    private final byte[] associationKey;
    private final FrameSealer sealer;
    private final FrameOpener opener;
    private final AssociationListener listener;
    private final Handshakes handshakes;

    /// @param associationKey 32 octets; copied
    /// @param sealer of this device; its device number and boot id are this device's
    /// @param opener gets the keys of the others
    public Association(
            EntropySource entropy,
            byte[] associationKey,
            FrameSealer sealer,
            FrameOpener opener,
            AssociationListener listener) {
        if (associationKey.length != KEY_OCTETS) {
            throw new IllegalArgumentException("the association key has " + KEY_OCTETS + " octets");
        }
        this.associationKey = associationKey.clone();
        this.sealer = sealer;
        this.opener = opener;
        this.listener = listener;
        HandshakeParty party = HandshakeParty.association(sealer.device(), sealer.bootId());
        this.handshakes = new Handshakes(party, entropy, new Owner());
    }

    /// Starts an association with this boot of `device`, as seen in a discovery message or in a frame that could
    /// not be opened. Does nothing if it is under way already, or if too many boots of `device` are being tried:
    /// a boot id is only a claim, so a further one does not end the attempts towards others.
    ///
    /// @return whether an attempt was started
    public boolean start(int device, long bootId, long nowNs) {
        return device != sealer.device() && handshakes.start(Integer.toString(device), bootId, associationKey, nowNs);
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
        Arrays.fill(associationKey, (byte) 0);
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
            return deviceOf(peer) == 0 ? null : associationKey;
        }

        @Override
        public boolean ownAttemptWins(String peer) {
            return sealer.device() < deviceOf(peer);
        }

        @Override
        public byte[] payload() {
            byte[] payload = new byte[PAYLOAD_OCTETS];
            Octets.putLong(payload, 0, sealer.sealedFrames() + 1);
            sealer.sak().copyTo(payload, Long.BYTES);
            return payload;
        }

        @Override
        public void onDone(String peer, long bootId, HandshakeKeys keys, byte[] payload, boolean initiator) {
            opener.install(deviceOf(peer), bootId, payload, Long.BYTES, Octets.getLong(payload, 0));
            listener.onAssociated(deviceOf(peer), bootId);
        }

        @Override
        public void onFailed(String peer, long bootId, HandshakeFailure failure) {
            listener.onAssociationFailed(deviceOf(peer), bootId, failure);
        }
    }
}
