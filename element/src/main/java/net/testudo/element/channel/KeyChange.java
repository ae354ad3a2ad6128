package net.testudo.element.channel;

import net.testudo.element.net.DeviceSet;
import net.testudo.element.port.EntropySource;

/// Changes a sender's transmit key without a gap: each associated member is associated with once more, gets the next
/// key
/// in that, and says so; it is sealed with once all have it. Members that are silent are not waited for, and nobody for
/// longer than a time: who missed the change finds a wrong association number, and associates again.
///
/// ```
///  sender                                     each associated member
///     |<- association handshake, next key in it -->|   opens frames with both keys
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

    private static final int TAKEN = 2;
    private static final int TAKEN_OCTETS = 1 + Integer.BYTES;
    private static final long WAIT_NS = 2_000_000_000L;
    /// A handshake may fail; who was not reached is tried again.
    private static final long REPEAT_NS = 100_000_000L;

    private final FrameSealer sealer;
    private final FrameOpener opener;
    private final Association association;
    private final EntropySource entropy;
    private final Sender sender;
    private DeviceSet waitingFor = DeviceSet.NONE;
    private long startedNs;
    private long repeatNs;

    /// @param association of the same sealer and opener
    public KeyChange(
            FrameSealer sealer, FrameOpener opener, Association association, EntropySource entropy, Sender sender) {
        this.sealer = sealer;
        this.opener = opener;
        this.association = association;
        this.entropy = entropy;
        this.sender = sender;
    }

    /// Begins a change, unless one is under way.
    ///
    /// @param associated members that open this device's frames
    public void start(DeviceSet associated, long nowNs) {
        if (!isUnderWay()) {
            sealer.prepare(entropy);
            startedNs = nowNs;
            waitingFor = associated;
            offer(nowNs);
        }
    }

    private void offer(long nowNs) {
        repeatNs = nowNs + REPEAT_NS;
        for (int device = waitingFor.first(); device != 0; device = waitingFor.next(device)) {
            association.start(device, opener.bootOf(device), nowNs);
        }
    }

    /// A handshake with a member is through. If that began before the change, it did not carry the next key: there is
    /// another one. If the member handed out its own next key, it is told that it was taken.
    public void onAssociated(int device, boolean offered) {
        Sak next = sealer.next();
        if (next != null && association.handedOut(device) != next.number()) {
            waitingFor = waitingFor.with(device);
            repeatNs = startedNs;
        }
        if (offered) {
            take(device);
        }
    }

    private void take(int device) {
        byte[] taken = new byte[TAKEN_OCTETS];
        taken[0] = TAKEN;
        Octets.putInt(taken, 1, opener.newestKeyOf(device));
        sender.send(device, taken);
    }

    /// Takes what a member sent by its [Sender].
    ///
    /// @return false if it is malformed
    public boolean onMessage(int device, byte[] message) {
        if (message.length != TAKEN_OCTETS || message[0] != TAKEN) {
            return false;
        }
        Sak next = sealer.next();
        if (next != null && next.number() == Octets.getInt(message, 1)) {
            waitingFor = waitingFor.without(device);
        }
        return true;
    }

    /// Nobody waits for a device that is no member any more.
    public void remove(int device) {
        waitingFor = waitingFor.without(device);
    }

    /// Whether a change is under way.
    public boolean isUnderWay() {
        return sealer.next() != null;
    }

    /// Goes over when everybody is ready.
    ///
    /// @param heard members that are not silent
    /// @return whether it went over now
    public boolean doWork(DeviceSet heard, long nowNs) {
        if (!isUnderWay()) {
            return false;
        }
        if (!waitingFor.and(heard).isEmpty() && nowNs - startedNs < WAIT_NS) {
            if (nowNs - repeatNs >= 0) {
                offer(nowNs);
            }
            return false;
        }
        sealer.change();
        waitingFor = DeviceSet.NONE;
        return true;
    }
}
