package net.testudo.element.channel;

/// The layout of a sealed frame (IEEE 802.1AE), and of what is sealed in it.
///
/// ```
///  0 destination (6)   6 source (6)   12 EtherType 88E5
/// 14 control information and association number   15 short length   16 packet number, its low half (4)   20 SCI (8)
/// 28 encrypted: EtherType 88B5 (2), version of the content (1), message class (1), length of the content (2), content;
/// then the tag
/// ```
///
/// The tag covers octets 0 to 27 too. The short length is that of the encrypted octets if they are less than 48, else
/// 0: by it the tag is found in a frame that was padded on the way.
final class SealedFrame {
    static final int ADDRESSES_OCTETS = 12;
    /// In clear.
    static final int HEADER_OCTETS = 28;
    /// In front of the content, encrypted.
    static final int INNER_OCTETS = 6;

    private static final int ETHER_TYPE = 0x88e5;
    private static final int INNER_ETHER_TYPE = 0x88b5;
    /// Explicit SCI, encrypted, changed.
    private static final int CONTROL = 0x2c;

    private static final int ASSOCIATION_MASK = 3;
    private static final int SHORT_LENGTH_END = 48;

    private static final int AT_ETHER_TYPE = 12;
    private static final int AT_CONTROL = 14;
    private static final int AT_SHORT_LENGTH = 15;
    private static final int AT_NUMBER = 16;
    static final int AT_SCI = 20;
    private static final int AT_INNER_VERSION = 2;
    private static final int AT_INNER_CLASS = 3;
    private static final int AT_INNER_LENGTH = 4;

    private SealedFrame() {}

    static void putSender(byte[] frame, long sci) {
        Octets.putShort(frame, AT_ETHER_TYPE, ETHER_TYPE);
        Octets.putLong(frame, AT_SCI, sci);
    }

    static void putTag(byte[] frame, int association, long packetNumber, int sealedOctets) {
        frame[AT_CONTROL] = (byte) (CONTROL | association);
        frame[AT_SHORT_LENGTH] = (byte) (sealedOctets < SHORT_LENGTH_END ? sealedOctets : 0);
        Octets.putInt(frame, AT_NUMBER, (int) packetNumber);
    }

    static void putInner(byte[] frame, int version, int messageClass, int length) {
        Octets.putShort(frame, HEADER_OCTETS, INNER_ETHER_TYPE);
        frame[HEADER_OCTETS + AT_INNER_VERSION] = (byte) version;
        frame[HEADER_OCTETS + AT_INNER_CLASS] = (byte) messageClass;
        Octets.putShort(frame, HEADER_OCTETS + AT_INNER_LENGTH, length);
    }

    /// Checks form and lengths; after [FrameFate#OK] no accessor of what is in clear can fail.
    static FrameFate check(byte[] frame, int at, int length) {
        if (length < HEADER_OCTETS + AesGcm.TAG_OCTETS) {
            return FrameFate.MALFORMED;
        }
        if ((frame[at + AT_CONTROL] & ~ASSOCIATION_MASK) != CONTROL || !Sci.isClusters(sci(frame, at))) {
            return FrameFate.FOREIGN;
        }
        int shortLength = frame[at + AT_SHORT_LENGTH] & 0xff;
        int room = length - HEADER_OCTETS - AesGcm.TAG_OCTETS;
        boolean fits = shortLength == 0 ? room >= SHORT_LENGTH_END : shortLength <= room;
        return fits && shortLength < SHORT_LENGTH_END ? FrameFate.OK : FrameFate.MALFORMED;
    }

    static int association(byte[] frame, int at) {
        return frame[at + AT_CONTROL] & ASSOCIATION_MASK;
    }

    /// The low half of the packet number.
    static int packetNumber(byte[] frame, int at) {
        return Octets.getInt(frame, at + AT_NUMBER);
    }

    static long sci(byte[] frame, int at) {
        return Octets.getLong(frame, at + AT_SCI);
    }

    /// How many encrypted octets there are, the tag not counted.
    static int sealedOctets(byte[] frame, int at, int length) {
        int shortLength = frame[at + AT_SHORT_LENGTH];
        return shortLength > 0 ? shortLength : length - HEADER_OCTETS - AesGcm.TAG_OCTETS;
    }

    /// Checks what was decrypted.
    static FrameFate checkInner(byte[] inner, int octets) {
        if (octets < INNER_OCTETS || Octets.getShort(inner, 0) != INNER_ETHER_TYPE) {
            return FrameFate.MALFORMED;
        }
        return contentLength(inner) <= octets - INNER_OCTETS ? FrameFate.OK : FrameFate.MALFORMED;
    }

    static int version(byte[] inner) {
        return inner[AT_INNER_VERSION] & 0xff;
    }

    static int messageClass(byte[] inner) {
        return inner[AT_INNER_CLASS] & 0xff;
    }

    static int contentLength(byte[] inner) {
        return Octets.getShort(inner, AT_INNER_LENGTH);
    }
}
