package net.testudo.element.channel;

import net.testudo.element.port.EntropySource;

/// Seals the frames of one sender with one transmit key. The key is made here, lives as long as this object, and
/// leaves it only inside an association handshake, sealed. Packet numbers count up over all paths together.
public final class FrameSealer {
    /// What sealing adds to the content.
    public static final int OVERHEAD_OCTETS = SealedFrame.HEADER_OCTETS + AesGcm.TAG_OCTETS;
    /// The largest content.
    public static final int CONTENT_OCTETS_MAX = 0xffff;

    private final SecretOctets key;
    private final int device;
    private final long bootId;
    private final int headroom;
    private final AesGcm gcm = new AesGcm();
    private final byte[] additional = new byte[SealedFrame.ADDITIONAL_OCTETS];
    private final byte[] buffer;
    private long number;

    /// A sealer with a new key, made when this process learns its device number.
    ///
    /// @param device this device's number, 1 to 63
    /// @param bootId of this process
    /// @param headroom octets in front of each sealed frame that the caller fills (MAC addresses, EtherType)
    public FrameSealer(EntropySource entropy, int device, long bootId, int headroom) {
        this(SecretOctets.random(entropy), device, bootId, headroom);
    }

    FrameSealer(SecretOctets key, int device, long bootId, int headroom) {
        this.key = key;
        this.device = device;
        this.bootId = bootId;
        this.headroom = headroom;
        this.buffer = new byte[headroom + OVERHEAD_OCTETS + CONTENT_OCTETS_MAX];
        SealedFrame.putSender(additional, 0, device, bootId);
    }

    /// Seals one content into [#buffer], behind the headroom.
    ///
    /// @param path on which it will be sent: 0 the cluster port, 1 to n the data networks
    /// @param messageClass travels in clear, but authentic, so that a port can tell urgent frames from others
    /// @param length of the content, at most [#CONTENT_OCTETS_MAX]
    /// @return the octets written behind the headroom: `length` and [#OVERHEAD_OCTETS]
    public int seal(int path, int messageClass, byte[] content, int offset, int length) {
        SealedFrame.putContent(additional, 0, messageClass, ++number, length);
        additional[SealedFrame.HEADER_OCTETS] = (byte) path;
        System.arraycopy(additional, 0, buffer, headroom, SealedFrame.HEADER_OCTETS);
        gcm.beginSeal(key, number, additional, 0, SealedFrame.ADDITIONAL_OCTETS);
        return SealedFrame.HEADER_OCTETS
                + gcm.finish(content, offset, length, buffer, headroom + SealedFrame.HEADER_OCTETS);
    }

    /// Headroom and the frame that was sealed last; the same array each time.
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

    /// How many frames were sealed.
    public long sealedFrames() {
        return number;
    }

    /// Wipes the key; nothing can be sealed any more.
    public void destroy() {
        key.destroy();
    }

    SecretOctets key() {
        return key;
    }
}
