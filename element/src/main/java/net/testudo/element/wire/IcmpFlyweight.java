package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;

/// An ICMP message (RFC 792).
///
/// ```
///  0    1    2       4            6          8
///  |type|code| check | identifier | sequence | data          echo, timestamp
///  |type|code| check | 0          | next MTU | quoted packet errors
/// ```
public final class IcmpFlyweight extends View {
    /// Octets before the data.
    public static final int HEADER_LENGTH = 8;
    /// Type: echo reply.
    public static final int ECHO_REPLY = 0;
    /// Type: destination unreachable.
    public static final int UNREACHABLE = 3;
    /// Type: redirect.
    public static final int REDIRECT = 5;
    /// Type: echo request.
    public static final int ECHO_REQUEST = 8;
    /// Type: time exceeded.
    public static final int TIME_EXCEEDED = 11;
    /// Type: parameter problem.
    public static final int PARAMETER_PROBLEM = 12;
    /// Code of [#UNREACHABLE]: no route to the network.
    public static final int CODE_NETWORK = 0;
    /// Code of [#UNREACHABLE]: the host does not answer.
    public static final int CODE_HOST = 1;
    /// Code of [#UNREACHABLE]: nobody listens at the port.
    public static final int CODE_PORT = 3;
    /// Code of [#UNREACHABLE]: too large and not to be fragmented (RFC 1191).
    public static final int CODE_TOO_LARGE = 4;
    /// Code of [#UNREACHABLE]: forbidden by the administrator (RFC 1812 §5.2.7.1).
    public static final int CODE_PROHIBITED = 13;

    private static final int SOURCE_QUENCH = 4;
    private static final int TIMESTAMP = 13;
    private static final int INFORMATION_REPLY = 16;
    private static final int ADDRESS_MASK = 17;
    private static final int ADDRESS_MASK_REPLY = 18;

    /// Views nothing yet.
    public IcmpFlyweight() {}

    /// Views the payload of a packet that is no fragment, and checks its checksum.
    public WireFault wrap(MemorySegment buffer, long offset, int length) {
        WireFault fault = wrapFirstFragment(buffer, offset, length);
        return fault == WireFault.OK && Checksum.of(buffer, offset, length) != 0 ? WireFault.ICMP_CHECKSUM : fault;
    }

    /// Views the payload of a first fragment, whose checksum cannot be checked.
    public WireFault wrapFirstFragment(MemorySegment buffer, long offset, int length) {
        if (length < HEADER_LENGTH) {
            return WireFault.ICMP_SHORT;
        }
        place(buffer, offset, length);
        return WireFault.OK;
    }

    /// Writes a header without checksum; see [#refreshChecksum].
    ///
    /// @param rest octets 4 to 7: identifier and sequence number, or the next hop's MTU
    public static void emit(MemorySegment buffer, long offset, int type, int code, int rest) {
        Octets.put8(buffer, offset, type);
        Octets.put8(buffer, offset + 1, code);
        Octets.put16(buffer, offset + 2, 0);
        Octets.put32(buffer, offset + 4, rest);
    }

    /// What it is.
    public int type() {
        return u8(0);
    }

    /// What exactly.
    public int code() {
        return u8(1);
    }

    /// Checksum of the whole message.
    public int checksum() {
        return u16(2);
    }

    /// Identifier of a query.
    public int identifier() {
        return u16(4);
    }

    /// Sets the identifier of a query, and corrects the checksum.
    public void identifier(int identifier) {
        put16(2, Checksum.update(u16(2), u16(4), identifier));
        put16(4, identifier);
    }

    /// Sequence number of a query.
    public int sequence() {
        return u16(6);
    }

    /// Whether it is a query or the reply to one, with an identifier.
    public boolean isQuery() {
        return isQuery(type());
    }

    /// Whether it reports an error about a packet that it quotes.
    public boolean isError() {
        return isError(type());
    }

    /// Whether messages of this type have an identifier.
    public static boolean isQuery(int type) {
        return type == ECHO_REPLY
                || type == ECHO_REQUEST
                || (type >= TIMESTAMP && type <= INFORMATION_REPLY)
                || type == ADDRESS_MASK
                || type == ADDRESS_MASK_REPLY;
    }

    /// Whether messages of this type quote a packet.
    public static boolean isError(int type) {
        return type == UNREACHABLE
                || type == SOURCE_QUENCH
                || type == REDIRECT
                || type == TIME_EXCEEDED
                || type == PARAMETER_PROBLEM;
    }

    /// Computes the checksum anew; needed after the quoted packet was rewritten.
    public void refreshChecksum() {
        put16(2, 0);
        put16(2, Checksum.of(buffer(), offset(), length()));
    }

    /// Where the data, or the quoted packet, begins in the buffer.
    public long payloadOffset() {
        return offset() + HEADER_LENGTH;
    }

    /// Octets behind the header.
    public int payloadLength() {
        return length() - HEADER_LENGTH;
    }
}
