package net.testudo.element.channel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.testudo.element.net.ProtocolVersions;

/// The layout of a handshake frame. The first 30 octets are the same in every version of the protocol, so that a
/// device can refuse a version that it does not speak. What the sender speaks of the messages inside sealed frames
/// stands in each frame but a refusal, and is as authentic as the frame.
///
/// ```
///  0 version  1 type  2 use  3 newest version of the messages, in a refusal the reason
///  4 boot id of the sender (8)   12 boot id of the receiver (8)   20 attempt (8)   28 length of the frame (2)
/// 30 HELLO     name of the initiator, name of the responder (1 octet length each), public value (32), proof (32)
///    RESPONSE  public value (32), sealed payload
///    FINISH    sealed payload
///    DONE      tag (16)
///    REFUSAL   nothing
/// ```
final class HandshakeFrame {
    static final int VERSION = 2;
    static final int HEADER_OCTETS = 30;
    static final int NAME_OCTETS_MAX = 64;
    static final int OCTETS_MAX = 1024;

    static final int HELLO = 1;
    static final int RESPONSE = 2;
    static final int FINISH = 3;
    static final int DONE = 4;
    static final int REFUSAL = 5;

    private static final int AT_TYPE = 1;
    private static final int AT_USE = 2;
    private static final int AT_SPOKEN = 3;
    private static final int AT_REASON = 3;
    private static final int AT_SENDER = 4;
    private static final int AT_RECEIVER = 12;
    private static final int AT_ATTEMPT = 20;
    private static final int AT_LENGTH = 28;

    private HandshakeFrame() {}

    /// A frame with its header, the body still empty.
    static byte[] create(int type, HandshakeParty party, long receiver, long attempt, int length) {
        byte[] frame = header(type, party.use(), party.bootId(), receiver, attempt, length);
        frame[AT_SPOKEN] = (byte) party.versions().octet();
        return frame;
    }

    private static byte[] header(int type, int use, long sender, long receiver, long attempt, int length) {
        byte[] frame = new byte[length];
        frame[0] = VERSION;
        frame[AT_TYPE] = (byte) type;
        frame[AT_USE] = (byte) use;
        Octets.putLong(frame, AT_SENDER, sender);
        Octets.putLong(frame, AT_RECEIVER, receiver);
        Octets.putLong(frame, AT_ATTEMPT, attempt);
        Octets.putShort(frame, AT_LENGTH, length);
        return frame;
    }

    /// A refusal of `refused`.
    static byte[] refusal(byte[] refused, long own, HandshakeFailure reason) {
        byte[] frame = header(REFUSAL, refused[AT_USE], own, sender(refused), attempt(refused), HEADER_OCTETS);
        frame[AT_REASON] = (byte) (reason == HandshakeFailure.VERSION_NOT_SUPPORTED ? 1 : 2);
        return frame;
    }

    /// What a refusal says.
    static HandshakeFailure reason(byte[] frame) {
        return frame[AT_REASON] == 1 ? HandshakeFailure.VERSION_NOT_SUPPORTED : HandshakeFailure.WRONG_KEY;
    }

    /// The frame without padding, or an array shorter than a header if it is cut off.
    static byte[] cut(byte[] buffer, int offset, int length) {
        int stated = length < HEADER_OCTETS ? 0 : Octets.getShort(buffer, offset + AT_LENGTH);
        boolean whole = stated >= HEADER_OCTETS && stated <= Math.min(length, OCTETS_MAX);
        return whole ? Arrays.copyOfRange(buffer, offset, offset + stated) : new byte[0];
    }

    static int version(byte[] frame) {
        return frame[0] & 0xff;
    }

    /// What the sender speaks.
    static ProtocolVersions spoken(byte[] frame) {
        return ProtocolVersions.ofOctet(frame[AT_SPOKEN] & 0xff);
    }

    static int type(byte[] frame) {
        return frame[AT_TYPE];
    }

    static int use(byte[] frame) {
        return frame[AT_USE];
    }

    static long sender(byte[] frame) {
        return Octets.getLong(frame, AT_SENDER);
    }

    static long receiver(byte[] frame) {
        return Octets.getLong(frame, AT_RECEIVER);
    }

    static long attempt(byte[] frame) {
        return Octets.getLong(frame, AT_ATTEMPT);
    }

    /// Writes a name with its length; answers where it ends.
    static int putName(byte[] frame, int at, String name) {
        byte[] octets = name.getBytes(StandardCharsets.US_ASCII);
        frame[at] = (byte) octets.length;
        System.arraycopy(octets, 0, frame, at + 1, octets.length);
        return at + 1 + octets.length;
    }

    /// The name at `at`, or the empty text if there is none of 1 to 64 printable characters.
    static String name(byte[] frame, int at) {
        int length = at < frame.length ? frame[at] : 0;
        if (length < 1 || length > NAME_OCTETS_MAX || at + 1 + length > frame.length) {
            return "";
        }
        String name = new String(frame, at + 1, length, StandardCharsets.ISO_8859_1);
        return isName(name) ? name : "";
    }

    static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= NAME_OCTETS_MAX
                && name.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
