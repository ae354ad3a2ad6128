package net.testudo.element.channel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;
import org.jspecify.annotations.Nullable;

/// Opens the sealed frames of all associated devices. The result of the last frame stays in this object until the
/// next call; nothing is allocated per frame.
public final class FrameOpener {
    /// Where in [#content] the content begins.
    public static final int AT_CONTENT = SealedFrame.INNER_OCTETS;

    private final long ownSci;
    private final int paths;
    private final ProtocolVersions versions;
    private final @Nullable ReceiveChannel[] senders = new ReceiveChannel[DeviceSet.DEVICE_MAX + 1];
    private final Tally<FrameFate> fates = new Tally<>(FrameFate.class);
    private final byte[] inner = new byte[AT_CONTENT + FrameSealer.CONTENT_OCTETS_MAX + AesGcm.TAG_OCTETS];
    private final byte[] copy = new byte[SealedFrame.HEADER_OCTETS + inner.length];
    private long sci;
    private int length;

    /// @param ownDevice this device's number
    /// @param ownBootId of this process
    /// @param paths how many paths there are: the cluster port and the data networks
    /// @param versions whose content this device understands
    public FrameOpener(int ownDevice, long ownBootId, int paths, ProtocolVersions versions) {
        this.versions = versions;
        this.ownSci = Sci.of(ownDevice, ownBootId);
        this.paths = paths;
    }

    /// Opens a frame that lies in memory of a port; as [#open(int, byte[], int, int)].
    public FrameFate open(int path, MemorySegment buffer, long offset, int frameLength) {
        int taken = Math.min(frameLength, copy.length);
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, offset, copy, 0, taken);
        return open(path, copy, 0, taken);
    }

    /// Opens a frame from its MAC addresses on.
    ///
    /// @param path on which it arrived: 0 the cluster port, 1 to n the data networks
    /// @return [FrameFate#OK] if [#content] and the other accessors now describe it, else why it was dropped
    public FrameFate open(int path, byte[] frame, int offset, int frameLength) {
        length = 0;
        FrameFate fate = SealedFrame.check(frame, offset, frameLength);
        if (fate == FrameFate.OK) {
            sci = SealedFrame.sci(frame, offset);
            fate = openFrom(path, frame, offset, Math.min(frameLength, copy.length));
        }
        if (fate == FrameFate.OK && !versions.speaks(SealedFrame.version(inner))) {
            fate = FrameFate.VERSION_NOT_SUPPORTED;
        }
        if (fate == FrameFate.OK) {
            length = SealedFrame.contentLength(inner);
        }
        return fates.count(fate);
    }

    /// The content of the frame opened last, from index [#AT_CONTENT] on; the same array each time.
    public byte[] content() {
        return inner;
    }

    /// The length of that content, in octets; 0 if the frame was dropped.
    public int length() {
        return length;
    }

    /// The device that sealed the frame; after [FrameFate#UNKNOWN_SCI] only what the frame claims, good for no more
    /// than to start an association.
    public int sender() {
        return Sci.device(sci);
    }

    /// The boot id of that device's process, with the same reservation.
    public long bootId() {
        return Sci.bootId(sci);
    }

    /// The version of the content.
    public int version() {
        return SealedFrame.version(inner);
    }

    /// The versions of this device.
    ProtocolVersions versions() {
        return versions;
    }

    /// The message class given to [FrameSealer#seal].
    public int messageClass() {
        return SealedFrame.messageClass(inner);
    }

    /// The boot id under which frames of `device` are opened, 0 if it is not associated.
    public long bootOf(int device) {
        ReceiveChannel sender = senders[device];
        return sender == null ? 0 : Sci.bootId(sender.sci());
    }

    /// The number of the newest key of `device` that was installed; 0 if it is not associated.
    int newestKeyOf(int device) {
        ReceiveChannel sender = senders[device];
        return sender == null ? 0 : sender.newestKey();
    }

    /// Ends the association with `device` and wipes its key.
    public void remove(int device) {
        ReceiveChannel sender = senders[device];
        if (sender != null) {
            sender.destroy();
            senders[device] = null;
        }
    }

    /// Ends all associations.
    public void clear() {
        for (int device = 1; device <= DeviceSet.DEVICE_MAX; device++) {
            remove(device);
        }
    }

    /// Wipes keys that were replaced and whose time is over.
    public void doWork(long nowNs) {
        for (ReceiveChannel sender : senders) {
            if (sender != null) {
                sender.doWork(nowNs);
            }
        }
    }

    /// How many frames met this fate.
    public long frames(FrameFate fate) {
        return fates.of(fate);
    }

    /// Frames of this process of `device` are opened with this key from now on, those of earlier ones no more.
    ///
    /// @param sak holds the octets of a [Sak] at `at`; copied
    /// @param nextNumber the sender's next packet number
    void install(int device, long senderBootId, byte[] sak, int at, long nextNumber) {
        long senderSci = Sci.of(device, senderBootId);
        ReceiveChannel sender = senders[device];
        if (sender == null || sender.sci() != senderSci) {
            remove(device);
            sender = new ReceiveChannel(senderSci, paths);
            senders[device] = sender;
        }
        sender.install(sak, at, nextNumber);
    }

    private FrameFate openFrom(int path, byte[] frame, int offset, int frameLength) {
        if (sci == ownSci) {
            return FrameFate.OWN_FRAME;
        }
        ReceiveChannel sender = senders[Sci.device(sci)];
        return sender == null || sender.sci() != sci
                ? FrameFate.UNKNOWN_SCI
                : sender.open(path, frame, offset, frameLength, inner);
    }
}
