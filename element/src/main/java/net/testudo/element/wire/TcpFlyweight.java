package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;
import net.testudo.element.net.Protocol;

/// A TCP segment (RFC 9293 §3.1).
///
/// ```
///  0       2       4       8      12   13     14      16      18      20
///  | from  | to    | seq   | ack  |hl  |flags |window | check |urgent | options, payload
/// ```
public final class TcpFlyweight extends View {
    /// Octets of a header without options.
    public static final int HEADER_LENGTH = 20;
    /// The window in segments that [#emit] writes: the largest one.
    public static final int WINDOW_SENT = 0xffff;
    /// Flag: no more data.
    public static final int FIN = 1;
    /// Flag: start of a connection.
    public static final int SYN = 2;
    /// Flag: the connection is gone.
    public static final int RST = 4;
    /// Flag: push.
    public static final int PSH = 8;
    /// Flag: the acknowledgement number counts.
    public static final int ACK = 16;

    private static final int OPTION_END = 0;
    private static final int OPTION_NONE = 1;
    private static final int OPTION_MSS = 2;
    private static final int OPTION_WINDOW_SCALE = 3;
    private static final int OPTION_SACK_PERMITTED = 4;

    /// Views nothing yet.
    public TcpFlyweight() {}

    /// Views the payload of a packet.
    public WireFault wrap(MemorySegment buffer, long offset, int length) {
        if (length < HEADER_LENGTH) {
            return WireFault.TCP_SHORT;
        }
        int headerLength = Octets.u8(buffer, offset + 12) >>> 4 << 2;
        if (headerLength < HEADER_LENGTH || headerLength > length) {
            return WireFault.TCP_HEADER_LENGTH;
        }
        place(buffer, offset, length);
        return WireFault.OK;
    }

    /// Writes a header without options and checksum; see [#refreshChecksum].
    public static void emit(
            MemorySegment buffer, long offset, int ports, int sequence, int acknowledgement, int flags) {
        Octets.put32(buffer, offset, ports);
        Octets.put32(buffer, offset + 4, sequence);
        Octets.put32(buffer, offset + 8, acknowledgement);
        Octets.put8(buffer, offset + 12, HEADER_LENGTH << 2);
        Octets.put8(buffer, offset + 13, flags);
        Octets.put16(buffer, offset + 14, WINDOW_SENT);
        Octets.put16(buffer, offset + 16, 0);
        Octets.put16(buffer, offset + 18, 0);
    }

    /// Port it comes from.
    public int sourcePort() {
        return u16(0);
    }

    /// Sets the port it comes from, and corrects the checksum.
    public void sourcePort(int port) {
        put16(16, Checksum.update(u16(16), u16(0), port));
        put16(0, port);
    }

    /// Port it goes to.
    public int destinationPort() {
        return u16(2);
    }

    /// Sets the port it goes to, and corrects the checksum.
    public void destinationPort(int port) {
        put16(16, Checksum.update(u16(16), u16(2), port));
        put16(2, port);
    }

    /// Sequence number, all 32 bits.
    public int sequence() {
        return i32(4);
    }

    /// Acknowledgement number, all 32 bits.
    public int acknowledgement() {
        return i32(8);
    }

    /// The eight flags CWR to FIN.
    public int flags() {
        return u8(13);
    }

    /// Whether all of the given flags are set.
    public boolean has(int wanted) {
        return (flags() & wanted) == wanted;
    }

    /// The window as sent, before scaling.
    public int window() {
        return u16(14);
    }

    /// Checksum of pseudo-header, header and payload.
    public int checksum() {
        return u16(16);
    }

    /// Corrects the checksum after an address of the packet changed.
    public void addressRewritten(int before, int after) {
        put16(16, Checksum.update32(u16(16), before, after));
    }

    /// Whether the checksum is right; must not be asked of a fragment.
    public boolean checksumValid(int source, int destination) {
        return sum(source, destination) == 0;
    }

    /// Computes the checksum anew.
    public void refreshChecksum(int source, int destination) {
        put16(16, 0);
        put16(16, sum(source, destination));
    }

    /// The shift of the window that a SYN offers (RFC 7323 §2.2), or -1.
    public int windowScale() {
        int at = option(OPTION_WINDOW_SCALE, 3);
        return at < 0 ? -1 : u8(at + 2);
    }

    /// The largest segment that a SYN offers (RFC 9293 §3.7.1), or -1.
    public int maximumSegmentSize() {
        int at = option(OPTION_MSS, 4);
        return at < 0 ? -1 : u16(at + 2);
    }

    /// Whether a SYN permits selective acknowledgements (RFC 2018).
    public boolean sackPermitted() {
        return option(OPTION_SACK_PERMITTED, 2) >= 0;
    }

    /// Octets of the header with options.
    public int headerLength() {
        return u8(12) >>> 4 << 2;
    }

    /// Where the payload begins in the buffer.
    public long payloadOffset() {
        return offset() + headerLength();
    }

    /// Octets behind the header.
    public int payloadLength() {
        return length() - headerLength();
    }

    /// Where the option of this kind and length begins, or -1; a malformed list ends where it is malformed.
    private int option(int kind, int wantedLength) {
        int end = headerLength();
        int at = HEADER_LENGTH;
        while (at < end && u8(at) != OPTION_END) {
            if (u8(at) == OPTION_NONE) {
                at++;
                continue;
            }
            int optionLength = at + 1 < end ? u8(at + 1) : 0;
            if (optionLength < 2 || at + optionLength > end) {
                return -1;
            }
            if (u8(at) == kind && optionLength == wantedLength) {
                return at;
            }
            at += optionLength;
        }
        return -1;
    }

    private int sum(int source, int destination) {
        long pseudo = Checksum.pseudoHeader(source, destination, Protocol.TCP, length());
        return Checksum.finish(Checksum.sum(buffer(), offset(), length(), pseudo));
    }
}
