package net.testudo.element.channel;

/// The layout of a segment, and the check that makes all further access safe.
///
/// ```
///  0 version  1 stream  2 flags  3 count of selective words  4 payload length (2)  6 receive window (2)
///  8 session of the sender (8)             16 session of the receiver (8)
/// 24 sequence number (8)                   32 next sequence number expected (8)
/// 40 payload: records, each with a 2-octet head (first, last, 14 bit length)
/// .. selective words (8 each): bit i of word w set = segment expected + 1 + 64 w + i is there
/// ```
final class Segment {
    static final int VERSION = 1;
    static final int HEADER_OCTETS = 40;
    static final int RECORD_HEAD_OCTETS = 2;
    static final int FLAG_DATA = 1;
    static final int RECORD_FIRST = 0x8000;
    static final int RECORD_LAST = 0x4000;
    static final int RECORD_LENGTH = 0x3fff;

    private static final int AT_STREAM = 1;
    private static final int AT_FLAGS = 2;
    private static final int AT_WORDS = 3;
    private static final int AT_PAYLOAD_LENGTH = 4;
    private static final int AT_WINDOW = 6;
    private static final int AT_SENDER = 8;
    private static final int AT_RECEIVER = 16;
    private static final int AT_SEQUENCE = 24;
    private static final int AT_EXPECTED = 32;

    private Segment() {}

    /// The fixed part of the header that changes with a session only.
    static void putSession(byte[] segment, int stream, int window, long sender, long receiver) {
        segment[0] = VERSION;
        segment[AT_STREAM] = (byte) stream;
        Octets.putShort(segment, AT_WINDOW, window);
        Octets.putLong(segment, AT_SENDER, sender);
        Octets.putLong(segment, AT_RECEIVER, receiver);
    }

    static void putPayload(byte[] segment, boolean data, long sequence, int payloadLength) {
        segment[AT_FLAGS] = (byte) (data ? FLAG_DATA : 0);
        Octets.putShort(segment, AT_PAYLOAD_LENGTH, payloadLength);
        Octets.putLong(segment, AT_SEQUENCE, sequence);
    }

    static void putExpected(byte[] segment, long expected, int words) {
        segment[AT_WORDS] = (byte) words;
        Octets.putLong(segment, AT_EXPECTED, expected);
    }

    /// Checks everything that does not depend on the state of the windows; after [SegmentFate#ACCEPTED] no
    /// accessor can fail.
    static SegmentFate check(byte[] buffer, int offset, int length, int stream, long own, long peer) {
        if (length < HEADER_OCTETS) {
            return SegmentFate.WRONG_LENGTH;
        }
        if (buffer[offset] != VERSION) {
            return SegmentFate.VERSION_NOT_SUPPORTED;
        }
        if ((buffer[offset + AT_STREAM] & 0xff) != stream) {
            return SegmentFate.WRONG_STREAM;
        }
        if (peer == 0
                || Octets.getLong(buffer, offset + AT_SENDER) != peer
                || Octets.getLong(buffer, offset + AT_RECEIVER) != own) {
            return SegmentFate.WRONG_SESSION;
        }
        if (length != HEADER_OCTETS + payloadLength(buffer, offset) + 8 * words(buffer, offset)) {
            return SegmentFate.WRONG_LENGTH;
        }
        boolean wellFormed = (buffer[offset + AT_FLAGS] & ~FLAG_DATA) == 0
                && (isData(buffer, offset)
                        ? recordsFill(buffer, offset + HEADER_OCTETS, payloadLength(buffer, offset))
                        : payloadLength(buffer, offset) == 0)
                && sequence(buffer, offset) >= 0
                && expected(buffer, offset) >= 0;
        return wellFormed ? SegmentFate.ACCEPTED : SegmentFate.MALFORMED;
    }

    static boolean isData(byte[] buffer, int offset) {
        return buffer[offset + AT_FLAGS] == FLAG_DATA;
    }

    static int words(byte[] buffer, int offset) {
        return buffer[offset + AT_WORDS] & 0xff;
    }

    static int payloadLength(byte[] buffer, int offset) {
        return Octets.getShort(buffer, offset + AT_PAYLOAD_LENGTH);
    }

    static int window(byte[] buffer, int offset) {
        return Octets.getShort(buffer, offset + AT_WINDOW);
    }

    static long sequence(byte[] buffer, int offset) {
        return Octets.getLong(buffer, offset + AT_SEQUENCE);
    }

    static long expected(byte[] buffer, int offset) {
        return Octets.getLong(buffer, offset + AT_EXPECTED);
    }

    private static boolean recordsFill(byte[] buffer, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (end - at >= RECORD_HEAD_OCTETS) {
            at += RECORD_HEAD_OCTETS + (Octets.getShort(buffer, at) & RECORD_LENGTH);
        }
        return length > 0 && at == end;
    }
}
