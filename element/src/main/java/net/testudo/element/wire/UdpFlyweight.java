package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;
import net.testudo.element.net.Protocol;

/// A UDP datagram (RFC 768).
///
/// ```
///  0           2                4      6       8
///  | from port | to port        | len  | check | payload
/// ```
public final class UdpFlyweight extends View {
    /// Octets before the payload.
    public static final int HEADER_LENGTH = 8;

    /// Views nothing yet.
    public UdpFlyweight() {}

    /// Views the payload of a packet that is no fragment.
    public WireFault wrap(MemorySegment buffer, long offset, int length) {
        if (length < HEADER_LENGTH) {
            return WireFault.UDP_SHORT;
        }
        int stated = Octets.u16(buffer, offset + 4);
        if (stated < HEADER_LENGTH || stated > length) {
            return WireFault.UDP_LENGTH;
        }
        place(buffer, offset, stated);
        return WireFault.OK;
    }

    /// Views the payload of a first fragment: the stated length goes beyond it.
    public WireFault wrapFirstFragment(MemorySegment buffer, long offset, int length) {
        if (length < HEADER_LENGTH) {
            return WireFault.UDP_SHORT;
        }
        place(buffer, offset, length);
        return WireFault.OK;
    }

    /// Writes a header without checksum, for `payloadLength` octets behind it; see [#refreshChecksum].
    public static void emit(MemorySegment buffer, long offset, int sourcePort, int destinationPort, int payloadLength) {
        Octets.put16(buffer, offset, sourcePort);
        Octets.put16(buffer, offset + 2, destinationPort);
        Octets.put16(buffer, offset + 4, HEADER_LENGTH + payloadLength);
        Octets.put16(buffer, offset + 6, 0);
    }

    /// Port it comes from.
    public int sourcePort() {
        return u16(0);
    }

    /// Sets the port it comes from, and corrects the checksum.
    public void sourcePort(int port) {
        rewritten(u16(0), port);
        put16(0, port);
    }

    /// Port it goes to.
    public int destinationPort() {
        return u16(2);
    }

    /// Sets the port it goes to, and corrects the checksum.
    public void destinationPort(int port) {
        rewritten(u16(2), port);
        put16(2, port);
    }

    /// The checksum, 0 if the sender made none.
    public int checksum() {
        return u16(6);
    }

    /// Corrects the checksum after an address of the packet changed.
    public void addressRewritten(int before, int after) {
        if (checksum() != 0) {
            put16(6, neverZero(Checksum.update32(checksum(), before, after)));
        }
    }

    /// Whether the checksum is right, or there is none.
    public boolean checksumValid(int source, int destination) {
        return checksum() == 0 || sum(source, destination) == 0;
    }

    /// Computes the checksum anew.
    public void refreshChecksum(int source, int destination) {
        put16(6, 0);
        put16(6, neverZero(sum(source, destination)));
    }

    /// Where the payload begins in the buffer.
    public long payloadOffset() {
        return offset() + HEADER_LENGTH;
    }

    /// Octets behind the header.
    public int payloadLength() {
        return length() - HEADER_LENGTH;
    }

    private int sum(int source, int destination) {
        long pseudo = Checksum.pseudoHeader(source, destination, Protocol.UDP, length());
        return Checksum.finish(Checksum.sum(buffer(), offset(), length(), pseudo));
    }

    private void rewritten(int before, int after) {
        if (checksum() != 0) {
            put16(6, neverZero(Checksum.update(checksum(), before, after)));
        }
    }

    /// Zero means "no checksum", so a checksum of zero is sent as its other form.
    static int neverZero(int checksum) {
        return checksum == 0 ? 0xffff : checksum;
    }
}
