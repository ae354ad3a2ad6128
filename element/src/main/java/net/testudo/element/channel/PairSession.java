package net.testudo.element.channel;

import java.nio.ByteBuffer;

/// A sealed session between two devices of which one has no device number yet: the result of a join handshake.
///
/// Its frames have the form of [FrameSealer]'s, with sender 0 and the session id in place of the boot id; each
/// direction has its own key.
public final class PairSession {
    private final String peerSerial;
    private final long peerBootId;
    private final long id;
    private final FrameSealer sealer;
    private final ReceiveKey receiver;
    private final AesGcm gcm = new AesGcm();
    private final byte[] additional = new byte[SealedFrame.ADDITIONAL_OCTETS];
    private final byte[] content = new byte[FrameSealer.CONTENT_OCTETS_MAX];
    private final Tally<FrameFate> fates = new Tally<>(FrameFate.class);
    private int length;

    PairSession(String peerSerial, long peerBootId, HandshakeKeys keys, boolean initiator, int headroom) {
        this.peerSerial = peerSerial;
        this.peerBootId = peerBootId;
        SecretOctets idKey = keys.key(HandshakeKeys.SESSION_ID);
        this.id = ByteBuffer.wrap(idKey.getEncoded()).getLong() | 1;
        idKey.destroy();
        SecretOctets first = keys.key(HandshakeKeys.INITIATOR_TRANSMITS);
        SecretOctets second = keys.key(HandshakeKeys.RESPONDER_TRANSMITS);
        this.sealer = new FrameSealer(initiator ? first : second, 0, id, headroom);
        this.receiver = new ReceiveKey(id, initiator ? second : first, 1);
    }

    /// The id that stands in the frames of this session where others have a boot id; the same on both sides.
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

    /// Seals one content for the cluster port into [#buffer], behind the headroom; as [FrameSealer#seal].
    public int seal(int messageClass, byte[] octets, int offset, int octetsLength) {
        return sealer.seal(0, messageClass, octets, offset, octetsLength);
    }

    /// Headroom and the frame that was sealed last.
    public byte[] buffer() {
        return sealer.buffer();
    }

    /// Opens a frame from behind its EtherType on; as [FrameOpener#open(int, byte[], int, int)].
    public FrameFate open(byte[] frame, int offset, int frameLength) {
        length = 0;
        FrameFate fate = SealedFrame.check(frame, offset, frameLength);
        if (fate == FrameFate.OK && SealedFrame.sender(frame, offset) != 0) {
            fate = FrameFate.UNKNOWN_SENDER;
        }
        if (fate == FrameFate.OK) {
            fate = receiver.open(gcm, 0, frame, offset, additional, content);
        }
        if (fate == FrameFate.OK) {
            length = SealedFrame.contentLength(frame, offset);
        }
        return fates.count(fate);
    }

    /// The content of the frame opened last, from index 0 on.
    public byte[] content() {
        return content;
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
