package net.testudo.element.channel;

/// The layout of a sealed frame behind its EtherType.
///
/// ```
///  0 version  1 message class  2 sender  3 association number
///  4 boot id of the sender (8)          12 packet number (8)
/// 20 length of the content (2)          22 content, encrypted; then the tag (16)
/// ```
///
/// The additional data is this header and one more octet: the path. Octets behind the tag are padding.
final class SealedFrame {
    static final int VERSION = 1;
    static final int HEADER_OCTETS = 22;
    static final int ADDITIONAL_OCTETS = HEADER_OCTETS + 1;

    private static final int AT_CLASS = 1;
    private static final int AT_SENDER = 2;
    private static final int AT_ASSOCIATION = 3;
    private static final int AT_BOOT = 4;
    private static final int AT_NUMBER = 12;
    private static final int AT_LENGTH = 20;

    private SealedFrame() {}

    static void putSender(byte[] frame, int at, int sender, long bootId) {
        frame[at] = VERSION;
        frame[at + AT_SENDER] = (byte) sender;
        frame[at + AT_ASSOCIATION] = 0;
        Octets.putLong(frame, at + AT_BOOT, bootId);
    }

    static void putContent(byte[] frame, int at, int messageClass, long number, int length) {
        frame[at + AT_CLASS] = (byte) messageClass;
        Octets.putLong(frame, at + AT_NUMBER, number);
        Octets.putShort(frame, at + AT_LENGTH, length);
    }

    /// Checks version and lengths; after [FrameFate#OK] no accessor can fail.
    static FrameFate check(byte[] frame, int at, int length) {
        if (length < HEADER_OCTETS + AesGcm.TAG_OCTETS) {
            return FrameFate.TOO_SHORT;
        }
        if (frame[at] != VERSION) {
            return FrameFate.VERSION_NOT_SUPPORTED;
        }
        return length < HEADER_OCTETS + AesGcm.TAG_OCTETS + contentLength(frame, at)
                ? FrameFate.TOO_SHORT
                : FrameFate.OK;
    }

    static int messageClass(byte[] frame, int at) {
        return frame[at + AT_CLASS] & 0xff;
    }

    static int sender(byte[] frame, int at) {
        return frame[at + AT_SENDER] & 0xff;
    }

    static int association(byte[] frame, int at) {
        return frame[at + AT_ASSOCIATION] & 0xff;
    }

    static long bootId(byte[] frame, int at) {
        return Octets.getLong(frame, at + AT_BOOT);
    }

    static long number(byte[] frame, int at) {
        return Octets.getLong(frame, at + AT_NUMBER);
    }

    static int contentLength(byte[] frame, int at) {
        return Octets.getShort(frame, at + AT_LENGTH);
    }
}
