package net.testudo.element.channel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.testudo.element.net.ProtocolVersions;

/// A sealed session between two devices of which one has no device number yet: the result of a join handshake.
///
/// Its frames have the form of [FrameSealer]'s, with device 0 and, in place of the boot id, the session id; each
/// direction has its own key.
public final class PairSession {
    private static final ValueLayout.OfLong SCI = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final String peerSerial;
    private final long peerBootId;
    private final int version;
    private final long id;
    private final FrameSealer sealer;
    private final ReceiveChannel receiver;
    private final byte[] inner = new byte[FrameOpener.AT_CONTENT + FrameSealer.CONTENT_OCTETS_MAX + AesGcm.TAG_OCTETS];
    private final Tally<FrameFate> fates = new Tally<>(FrameFate.class);
    private int length;

    /// @param own versions of this device, which have one in common with those of the peer
    PairSession(HandshakeOwner.Peer peer, ProtocolVersions own, HandshakeKeys keys, boolean initiator) {
        this.peerSerial = peer.name();
        this.peerBootId = peer.bootId();
        this.version = own.common(peer.spoken());
        SecretOctets idKey = keys.key(HandshakeKeys.SESSION_ID);
        this.id = Sci.bootId(ByteBuffer.wrap(idKey.getEncoded()).getLong() | 1);
        idKey.destroy();
        Sak first = sak(keys, HandshakeKeys.INITIATOR_TRANSMITS, HandshakeKeys.INITIATOR_SALT);
        Sak second = sak(keys, HandshakeKeys.RESPONDER_TRANSMITS, HandshakeKeys.RESPONDER_SALT);
        // Odd from the initiator, even from the responder: each sends in a channel of its own.
        this.sealer = new FrameSealer(initiator ? first : second, 0, initiator ? id : id ^ 1, 0);
        this.receiver = new ReceiveChannel(Sci.of(0, initiator ? id ^ 1 : id), 1);
        this.receiver.install(initiator ? second : first);
    }

    private static Sak sak(HandshakeKeys keys, String keyLabel, String saltLabel) {
        return Sak.derived(keys.key(keyLabel), keys.key(saltLabel));
    }

    /// Whether a frame with EtherType 88E5 is one of a join session, this device's or another's.
    public static boolean isPairs(MemorySegment buffer, long offset, int length) {
        return length >= SealedFrame.HEADER_OCTETS && Sci.device(buffer.get(SCI, offset + SealedFrame.AT_SCI)) == 0;
    }

    /// The id that stands in the frames of this session where others have a boot id, but for its last bit, which tells
    /// the direction; the same on both sides.
    public long id() {
        return id;
    }

    /// The other device's serial number.
    public String peerSerial() {
        return peerSerial;
    }

    /// The other device's boot id.
    public long peerBootId() {
        return peerBootId;
    }

    /// The version of all messages of this session: the newest one that both devices speak.
    public int version() {
        return version;
    }

    /// Seals one content for the cluster port into [#buffer]; as [FrameSealer#seal].
    public int seal(int messageClass, byte[] octets, int offset, int octetsLength) {
        return sealer.seal(0, version, messageClass, octets, offset, octetsLength);
    }

    /// The frame that was sealed last, from its MAC addresses on.
    public byte[] buffer() {
        return sealer.buffer();
    }

    /// Opens a frame from its MAC addresses on; as [FrameOpener#open(int, byte[], int, int)].
    public FrameFate open(byte[] frame, int offset, int frameLength) {
        length = 0;
        FrameFate fate = SealedFrame.check(frame, offset, frameLength);
        if (fate == FrameFate.OK && SealedFrame.sci(frame, offset) != receiver.sci()) {
            fate = FrameFate.UNKNOWN_SCI;
        }
        if (fate == FrameFate.OK) {
            fate = receiver.open(
                    0, frame, offset, Math.min(frameLength, SealedFrame.HEADER_OCTETS + inner.length), inner);
        }
        if (fate == FrameFate.OK && SealedFrame.version(inner) != version) {
            fate = FrameFate.VERSION_NOT_SUPPORTED;
        }
        if (fate == FrameFate.OK) {
            length = SealedFrame.contentLength(inner);
        }
        return fates.count(fate);
    }

    /// The content of the frame opened last, from index [FrameOpener#AT_CONTENT] on.
    public byte[] content() {
        return inner;
    }

    /// The length of that content; 0 if the frame was dropped.
    public int length() {
        return length;
    }

    /// How many frames met this fate.
    public long frames(FrameFate fate) {
        return fates.of(fate);
    }

    /// Wipes the keys.
    public void destroy() {
        sealer.destroy();
        receiver.destroy();
    }

    @Override
    public String toString() {
        return "PairSession[" + peerSerial + "]";
    }
}
