package net.testudo.element.link;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A frame of an exchange of certificates, in clear: a segment of a reliable stream, and between whom.
///
/// ```
///  0 version  1 from: 1 initiator, 2 responder  2 length of the segment (2)  4 boot id of the sender (8)
/// 12 boot id of the receiver (8)               20 attempt (8)               28 segment; what follows it is padding
/// ```
///
/// @param fromInitiator which side sent it
/// @param from boot id of the sender
/// @param to boot id of the receiver
/// @param attempt drawn from the initiator's clock, ascending
/// @param segment of the stream, from its position to its limit
record CertificateFrame(boolean fromInitiator, long from, long to, long attempt, ByteBuffer segment) {
    static final int HEADER_OCTETS = 28;
    private static final int VERSION = 1;
    private static final int INITIATOR = 1;
    private static final int RESPONDER = 2;

    /// @return null if it is no such frame
    static @Nullable CertificateFrame parse(byte[] octets) {
        if (octets.length < HEADER_OCTETS) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(octets);
        int version = in.get();
        int side = in.get();
        int length = in.getShort() & 0xffff;
        if (version != VERSION || side < INITIATOR || side > RESPONDER || length > octets.length - HEADER_OCTETS) {
            return null;
        }
        return new CertificateFrame(
                side == INITIATOR,
                in.getLong(),
                in.getLong(),
                in.getLong(),
                ByteBuffer.wrap(octets, HEADER_OCTETS, length));
    }

    byte[] toOctets() {
        ByteBuffer content = segment.duplicate();
        ByteBuffer out = ByteBuffer.allocate(HEADER_OCTETS + content.remaining());
        out.put((byte) VERSION)
                .put((byte) (fromInitiator ? INITIATOR : RESPONDER))
                .putShort((short) content.remaining())
                .putLong(from)
                .putLong(to)
                .putLong(attempt)
                .put(content);
        return out.array();
    }
}
