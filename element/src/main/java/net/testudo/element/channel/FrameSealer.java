package net.testudo.element.channel;

import net.testudo.element.port.EntropySource;
import org.jspecify.annotations.Nullable;

/// Seals the frames of one sender with its transmit key. The key is made here and leaves this object only sealed: in
/// an association handshake, or handed out by [KeyChange] before it takes the place of the one in use. Packet numbers
/// count up over all paths together, for each key from 1.
public final class FrameSealer {
    /// MAC addresses of the frame; the caller writes them.
    public static final int ADDRESSES_OCTETS = SealedFrame.ADDRESSES_OCTETS;
    /// What sealing adds to a frame that has MAC addresses, an EtherType and the content.
    public static final int OVERHEAD_OCTETS = SealedFrame.HEADER_OCTETS
            - SealedFrame.ADDRESSES_OCTETS
            - Short.BYTES
            + SealedFrame.INNER_OCTETS
            + AesGcm.TAG_OCTETS;
    /// The largest content.
    public static final int CONTENT_OCTETS_MAX = 0xffff;

    private static final int AT_CONTENT = SealedFrame.HEADER_OCTETS + SealedFrame.INNER_OCTETS;

    private Sak sak;
    private @Nullable Sak next;
    private final int device;
    private final long bootId;
    private final AesGcm gcm = new AesGcm();
    private final byte[] buffer = new byte[AT_CONTENT + CONTENT_OCTETS_MAX + AesGcm.TAG_OCTETS];
    private long number;

    /// A sealer with a new key, made when this process learns its device number.
    ///
    /// @param device this device's number, 1 to 63
    /// @param bootId of this process
    public FrameSealer(EntropySource entropy, int device, long bootId) {
        this(Sak.random(entropy, 0), device, bootId, 0);
    }

    /// @param number packet number of the last frame that was sealed with this key
    FrameSealer(Sak sak, int device, long bootId, long number) {
        this.sak = sak;
        this.number = number;
        this.device = device;
        this.bootId = bootId;
        SealedFrame.putSender(buffer, Sci.of(device, bootId));
    }

    /// Seals one content into [#buffer], behind the MAC addresses that stand there: they are authentic too.
    ///
    /// @param path on which it will be sent: 0 the cluster port, 1 to n the data networks
    /// @param version of the content
    /// @param length of the content, at most [#CONTENT_OCTETS_MAX]
    /// @return the length of the frame
    public int seal(int path, int version, int messageClass, byte[] content, int offset, int length) {
        int inner = SealedFrame.INNER_OCTETS + length;
        SealedFrame.putTag(buffer, sak.association(), ++number, inner);
        SealedFrame.putInner(buffer, version, messageClass, length);
        System.arraycopy(content, offset, buffer, AT_CONTENT, length);
        gcm.beginSeal(sak, path, number, buffer, 0);
        return SealedFrame.HEADER_OCTETS
                + gcm.finish(buffer, SealedFrame.HEADER_OCTETS, inner, buffer, SealedFrame.HEADER_OCTETS);
    }

    /// The frame that was sealed last, from its MAC addresses on; the same array each time.
    public byte[] buffer() {
        return buffer;
    }

    /// The device whose frames are sealed.
    public int device() {
        return device;
    }

    /// The boot id in the frames.
    public long bootId() {
        return bootId;
    }

    /// How many frames were sealed with the present key.
    public long sealedFrames() {
        return number;
    }

    /// Makes the key that comes next, unless there is one.
    ///
    /// @return it
    Sak prepare(EntropySource entropy) {
        Sak prepared = next;
        if (prepared == null) {
            prepared = Sak.random(entropy, sak.number() + 1);
            next = prepared;
        }
        return prepared;
    }

    /// Goes over to the prepared key; the one in use is wiped, so that it seals nothing more.
    void change() {
        Sak prepared = next;
        if (prepared != null) {
            sak.destroy();
            sak = prepared;
            next = null;
            number = 0;
        }
    }

    /// Wipes the keys; nothing can be sealed any more.
    public void destroy() {
        sak.destroy();
        if (next != null) {
            next.destroy();
        }
    }

    Sak sak() {
        return sak;
    }

    /// The key that comes next, or null.
    @Nullable
    Sak next() {
        return next;
    }
}
