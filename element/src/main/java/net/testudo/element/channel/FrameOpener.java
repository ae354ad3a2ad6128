package net.testudo.element.channel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import net.testudo.element.net.DeviceSet;
import org.jspecify.annotations.Nullable;

/// Opens the sealed frames of all associated devices. The result of the last frame stays in this object until the
/// next call; nothing is allocated per frame.
public final class FrameOpener {
    private final int ownDevice;
    private final long ownBootId;
    private final int paths;
    private final @Nullable ReceiveKey[] senders = new ReceiveKey[DeviceSet.DEVICE_MAX + 1];
    private final Tally<FrameFate> fates = new Tally<>(FrameFate.class);
    private final AesGcm gcm = new AesGcm();
    private final byte[] additional = new byte[SealedFrame.ADDITIONAL_OCTETS];
    private final byte[] content = new byte[FrameSealer.CONTENT_OCTETS_MAX];
    private final byte[] copy = new byte[FrameSealer.CONTENT_OCTETS_MAX + FrameSealer.OVERHEAD_OCTETS];
    private int sender;
    private int messageClass;
    private int length;
    private long bootId;

    /// @param ownDevice this device's number
    /// @param ownBootId of this process
    /// @param paths how many paths there are: the cluster port and the data networks
    public FrameOpener(int ownDevice, long ownBootId, int paths) {
        this.ownDevice = ownDevice;
        this.ownBootId = ownBootId;
        this.paths = paths;
    }

    /// Opens a frame that lies in memory of a port; as [#open(int, byte[], int, int)].
    public FrameFate open(int path, MemorySegment buffer, long offset, int frameLength) {
        int taken = Math.min(frameLength, copy.length);
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, offset, copy, 0, taken);
        return open(path, copy, 0, taken);
    }

    /// Opens a frame from behind its EtherType on; padding at its end is ignored.
    ///
    /// @param path on which it arrived: 0 the cluster port, 1 to n the data networks
    /// @return [FrameFate#OK] if [#content] and the other accessors now describe it, else why it was dropped
    public FrameFate open(int path, byte[] frame, int offset, int frameLength) {
        length = 0;
        FrameFate fate = SealedFrame.check(frame, offset, frameLength);
        if (fate == FrameFate.OK) {
            sender = SealedFrame.sender(frame, offset);
            bootId = SealedFrame.bootId(frame, offset);
            fate = openFrom(path, frame, offset);
        }
        if (fate == FrameFate.OK) {
            messageClass = SealedFrame.messageClass(frame, offset);
            length = SealedFrame.contentLength(frame, offset);
        }
        return fates.count(fate);
    }

    /// The content of the frame opened last, from index 0 on; the same array each time.
    public byte[] content() {
        return content;
    }

    /// The length of that content, in octets; 0 if the frame was dropped.
    public int length() {
        return length;
    }

    /// The device that sealed the frame; after [FrameFate#UNKNOWN_SENDER] and [FrameFate#UNKNOWN_BOOT] only what
    /// the frame claims, good for no more than to start an association.
    public int sender() {
        return sender;
    }

    /// The boot id of that device's process, with the same reservation.
    public long bootId() {
        return bootId;
    }

    /// The message class given to [FrameSealer#seal].
    public int messageClass() {
        return messageClass;
    }

    /// The boot id under which frames of `device` are opened, 0 if it is not associated.
    public long bootOf(int device) {
        ReceiveKey key = senders[device];
        return key == null ? 0 : key.bootId();
    }

    /// Ends the association with `device` and wipes its key.
    public void remove(int device) {
        ReceiveKey key = senders[device];
        if (key != null) {
            key.destroy();
            senders[device] = null;
        }
    }

    /// Ends all associations: the association key changed.
    public void clear() {
        for (int device = 1; device <= DeviceSet.DEVICE_MAX; device++) {
            remove(device);
        }
    }

    /// How many frames met this fate.
    public long frames(FrameFate fate) {
        return fates.of(fate);
    }

    /// Frames of `device` are opened with this key from now on. A key that is installed already keeps its replay
    /// windows, else a repeated handshake would let old frames in again.
    ///
    /// @param key holds the key's octets at `at`; copied
    void install(int device, long senderBootId, byte[] key, int at) {
        ReceiveKey present = senders[device];
        if (present != null && present.isSame(senderBootId, key, at)) {
            return;
        }
        remove(device);
        senders[device] = new ReceiveKey(
                senderBootId, new SecretOctets(Arrays.copyOfRange(key, at, at + SecretOctets.OCTETS)), paths);
    }

    private FrameFate openFrom(int path, byte[] frame, int offset) {
        if (sender == ownDevice && bootId == ownBootId) {
            return FrameFate.OWN_FRAME;
        }
        ReceiveKey key = sender < senders.length ? senders[sender] : null;
        return key == null ? FrameFate.UNKNOWN_SENDER : key.open(gcm, path, frame, offset, additional, content);
    }
}
