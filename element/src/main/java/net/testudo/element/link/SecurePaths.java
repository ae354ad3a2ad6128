package net.testudo.element.link;

import java.lang.foreign.MemorySegment;
import java.util.SortedMap;
import net.testudo.element.channel.Association;
import net.testudo.element.channel.AssociationListener;
import net.testudo.element.channel.FrameFate;
import net.testudo.element.channel.FrameOpener;
import net.testudo.element.channel.FrameSealer;
import net.testudo.element.channel.HandshakeFate;
import net.testudo.element.channel.HandshakeSink;
import net.testudo.element.channel.KeyChange;
import net.testudo.element.channel.PairSecrets;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.port.EntropySource;
import org.jspecify.annotations.Nullable;

/// The secure channel of a member over all paths: seals what is sent, opens what the others sealed, and associates
/// with those whose frames cannot be opened yet. Does nothing while the device is in no cluster.
final class SecurePaths {
    private final PathSet paths;
    private final EntropySource entropy;
    private final ProtocolVersions versions;
    private final LinkCounters counters;
    private final AssociationListener listener;
    private final long silentNs;
    private final long[] openedNs = new long[DeviceSet.DEVICE_MAX + 1];

    private @Nullable FrameSealer sealer;
    private @Nullable FrameOpener opener;
    private @Nullable Association association;
    private @Nullable KeyChange keyChange;
    private @Nullable PairSecrets secrets;
    private boolean keyExposed;
    private long keyFramesMax = KeyChange.FRAMES_MAX;

    /// @param silentNs a member that was associated and of which nothing could be opened for so long is asked for its
    ///     key again
    SecurePaths(
            PathSet paths, LinkIdentity identity, LinkCounters counters, AssociationListener listener, long silentNs) {
        this.paths = paths;
        this.entropy = identity.entropy();
        this.versions = identity.versions();
        this.counters = counters;
        this.listener = listener;
        this.silentNs = silentNs;
    }

    /// Takes over an identity in a cluster, or gives it up (device 0): all keys are void, new ones are made.
    ///
    /// @param privateKey of this device, 64 hexadecimal digits
    /// @param keySender carries messages of a [KeyChange]
    void changeIdentity(int device, String clusterId, String privateKey, long bootId, KeyChange.Sender keySender) {
        if (association != null) {
            association.destroy();
        }
        keyExposed = false;
        if (device == 0) {
            sealer = null;
            opener = null;
            association = null;
            keyChange = null;
            secrets = null;
            return;
        }
        FrameSealer newSealer = new FrameSealer(entropy, device, bootId);
        FrameOpener newOpener = new FrameOpener(device, bootId, paths.count(), versions);
        PairSecrets newSecrets = new PairSecrets(privateKey, clusterId);
        Association newAssociation = new Association(entropy, newSecrets, newSealer, newOpener, listener);
        secrets = newSecrets;
        association = newAssociation;
        sealer = newSealer;
        opener = newOpener;
        keyChange = new KeyChange(newSealer, newOpener, newAssociation, entropy, keySender);
    }

    /// Associates with these devices and no others. Who is no more among them knows this device's transmit key, and the
    /// one that comes next if it was handed out: another one is made.
    ///
    /// @param publicKeys by device number, 64 hexadecimal digits each
    /// @param revoked those of them that are told that they were taken out of the cluster, and nothing else
    /// @return the devices with which the association ended
    DeviceSet trust(SortedMap<Integer, String> publicKeys, DeviceSet revoked) {
        PairSecrets shared = secrets;
        Association associating = association;
        KeyChange changing = keyChange;
        if (shared == null || associating == null || changing == null) {
            return DeviceSet.NONE;
        }
        DeviceSet ended = shared.set(publicKeys, revoked);
        for (int device = ended.first(); device != 0; device = ended.next(device)) {
            associating.remove(device);
            changing.remove(device);
            keyExposed = true;
        }
        return ended;
    }

    /// This device's number, 0 in no cluster.
    int device() {
        return sealer == null ? 0 : sealer.device();
    }

    /// Seals a content and sends it.
    ///
    /// @param version of the content
    /// @return false in no cluster, or if the port did not take it
    boolean send(int path, long destination, int version, int messageClass, byte[] content, int length) {
        FrameSealer sealing = sealer;
        if (sealing == null) {
            return false;
        }
        paths.address(path, destination, sealing.buffer());
        int octets = sealing.seal(path, version, messageClass, content, 0, length);
        counters.countSent(messageClass);
        return paths.send(path, sealing.buffer(), octets);
    }

    /// Opens a frame.
    ///
    /// @return what opened it, or null if it was dropped, and counted
    @Nullable
    FrameOpener open(int path, MemorySegment buffer, long offset, int length, long nowNs) {
        FrameOpener opening = opener;
        if (opening == null) {
            counters.count("sealed-without-association");
            return null;
        }
        FrameFate fate = opening.open(path, buffer, offset, length);
        if (fate == FrameFate.OK) {
            counters.countReceived(opening.messageClass());
            openedNs[opening.sender()] = nowNs;
            return opening;
        }
        counters.count("sealed", fate);
        if (needsKey(fate, opening, nowNs)) {
            associate(opening.sender(), opening.bootId(), nowNs);
        }
        return null;
    }

    /// A frame that only a known process could have sent, but not with this key or packet number, may be forged; only
    /// if nothing else comes from that process either, its key or how far it has counted was missed.
    private boolean needsKey(FrameFate fate, FrameOpener opening, long nowNs) {
        return switch (fate) {
            case UNKNOWN_SCI -> true;
            case WRONG_AN, ALTERED, LATE -> nowNs - openedNs[opening.sender()] > silentNs;
            default -> false;
        };
    }

    private void associate(int device, long bootId, long nowNs) {
        Association starting = association;
        if (starting != null && device >= 1 && device <= DeviceSet.DEVICE_MAX) {
            starting.start(device, bootId, nowNs);
        }
    }

    HandshakeFate onHandshake(byte[] octets, long nowNs) {
        Association taking = association;
        return taking == null ? HandshakeFate.NOT_FOR_US : taking.onFrame(octets, 0, octets.length, nowNs);
    }

    /// Changes the transmit key whenever so many frames were sealed with it.
    void changeKeyAfter(long frames) {
        keyFramesMax = frames;
    }

    /// A handshake with a member is through.
    ///
    /// @param offered it handed out its next key
    void onAssociated(int device, boolean offered) {
        if (keyChange != null) {
            keyChange.onAssociated(device, offered);
        }
    }

    /// Takes a message of a [KeyChange].
    void onKeyMessage(int device, byte[] message) {
        if (keyChange != null && !keyChange.onMessage(device, message)) {
            counters.count("key-message-malformed");
        }
    }

    /// Whether [#changeKey] has something to do.
    boolean isKeyChangeDue() {
        return sealer != null
                && keyChange != null
                && (keyExposed || keyChange.isUnderWay() || sealer.sealedFrames() >= keyFramesMax);
    }

    /// Begins to change the transmit key, or goes on.
    ///
    /// @param associated members with a session
    /// @param heard those of them that are not silent
    void changeKey(DeviceSet associated, DeviceSet heard, long nowNs) {
        KeyChange changing = keyChange;
        if (changing != null) {
            keyExposed &= changing.isUnderWay();
            changing.start(associated, nowNs);
            if (changing.doWork(heard, nowNs)) {
                counters.count("key-changes");
            }
        }
    }

    int doWork(long nowNs, HandshakeSink sink) {
        Association working = association;
        FrameOpener opening = opener;
        if (working == null || opening == null) {
            return 0;
        }
        opening.doWork(nowNs);
        return working.doWork(nowNs, sink);
    }

    /// When [#doWork] has to be called at the latest.
    long nextDeadlineNs(long nowNs, long otherwiseNs) {
        Association waiting = association;
        return waiting == null ? otherwiseNs : waiting.nextDeadlineNs(nowNs);
    }
}
