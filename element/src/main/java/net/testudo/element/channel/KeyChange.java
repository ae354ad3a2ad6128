package net.testudo.element.channel;

import java.util.Arrays;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.port.EntropySource;
import org.jspecify.annotations.Nullable;

/// Changes a sender's transmit key without a gap: the next key is handed out to all associated members over their
/// sealed control streams, and sealed with once they have it. Members that are silent are not waited for, and nobody
/// for longer than a time: who missed the change finds a wrong association number, and associates again.
///
/// ```
///  sender                                     each associated member
///     |-- OFFER  1, next packet number, key ------>|   opens frames with both keys
///     |<- TAKEN  2, number of the key -------------|
///   goes over
///     |== first frame under the new number =======>|   the old key is good for one second more
/// ```
public final class KeyChange {
    /// After so many frames the key is changed: long before GCM's bounds on one key, and half a packet number is
    /// enough.
    public static final long FRAMES_MAX = 1L << 32;

    /// Hands a message to a member, reliably and sealed.
    public interface Sender {
        /// @return false if it cannot be taken now
        boolean send(int device, byte[] message);
    }

    private static final int OFFER = 1;
    private static final int TAKEN = 2;
    private static final int AT_NUMBER = 1;
    private static final int AT_KEY = AT_NUMBER + Long.BYTES;
    private static final int OFFER_OCTETS = AT_KEY + Sak.OCTETS;
    private static final int TAKEN_OCTETS = 1 + Integer.BYTES;
    private static final long WAIT_NS = 2_000_000_000L;

    private final FrameSealer sealer;
    private final FrameOpener opener;
    private final EntropySource entropy;
    private final Sender sender;
    private DeviceSet waitingFor = DeviceSet.NONE;
    private @Nullable Sak next;
    private long startedNs;

    public KeyChange(FrameSealer sealer, FrameOpener opener, EntropySource entropy, Sender sender) {
        this.sealer = sealer;
        this.opener = opener;
        this.entropy = entropy;
        this.sender = sender;
    }

    /// Begins a change, unless one is under way.
    ///
    /// @param associated members that open this device's frames
    public void start(DeviceSet associated, long nowNs) {
        if (next == null) {
            next = sealer.prepare(entropy);
            startedNs = nowNs;
            waitingFor = associated;
            for (int device = associated.first(); device != 0; device = associated.next(device)) {
                offer(device);
            }
        }
    }

    /// A member was associated, with the key in use.
    public void onAssociated(int device) {
        if (next != null) {
            waitingFor = waitingFor.with(device);
            offer(device);
        }
    }

    private void offer(int device) {
        Sak key = next;
        if (key != null) {
            byte[] message = new byte[OFFER_OCTETS];
            message[0] = OFFER;
            Octets.putLong(message, AT_NUMBER, 1);
            key.copyTo(message, AT_KEY);
            sender.send(device, message);
            Arrays.fill(message, (byte) 0);
        }
    }

    /// Takes what a member sent by its [Sender].
    ///
    /// @param bootId of that member's process
    /// @return false if it is malformed
    public boolean onMessage(int device, long bootId, byte[] message) {
        if (message.length == OFFER_OCTETS && message[0] == OFFER && Sak.number(message, AT_KEY) > 0) {
            if (opener.bootOf(device) == Sci.bootId(bootId)) {
                opener.install(device, bootId, message, AT_KEY, Octets.getLong(message, AT_NUMBER));
                byte[] taken = new byte[TAKEN_OCTETS];
                taken[0] = TAKEN;
                Octets.putInt(taken, 1, Sak.number(message, AT_KEY));
                sender.send(device, taken);
            }
            return true;
        }
        if (message.length != TAKEN_OCTETS || message[0] != TAKEN) {
            return false;
        }
        if (next != null && next.number() == Octets.getInt(message, 1)) {
            waitingFor = waitingFor.without(device);
        }
        return true;
    }

    /// Whether a change is under way.
    public boolean isUnderWay() {
        return next != null;
    }

    /// Goes over when everybody is ready.
    ///
    /// @param heard members that are not silent
    /// @return whether it went over now
    public boolean doWork(DeviceSet heard, long nowNs) {
        if (next == null || (!waitingFor.and(heard).isEmpty() && nowNs - startedNs < WAIT_NS)) {
            return false;
        }
        sealer.change();
        next = null;
        waitingFor = DeviceSet.NONE;
        return true;
    }
}
