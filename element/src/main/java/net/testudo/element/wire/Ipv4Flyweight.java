package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;

/// An IPv4 packet (RFC 791 §3.1). Its length is the total length in the header: padding of the frame is left out.
///
/// ```
///  0    1    2     4     6           8    9    10    12       16            20
///  |4 hl|tos |total|id   |flags, frag|ttl |prot|check| source | destination | options, payload
/// ```
public final class Ipv4Flyweight extends View {
    /// Octets of a header without options.
    public static final int HEADER_LENGTH = 20;
    /// Time to live of packets that the element sends itself (the default that RFC 1700 recommends).
    public static final int TTL_SENT = 64;

    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int OFFSET_MASK = 0x1fff;
    private static final int TOTAL_MAX = 65_535;
    private static final int VERSION_AND_LENGTH = 0x45;

    /// Views nothing yet.
    public Ipv4Flyweight() {}

    /// Views a packet and checks its header, with checksum.
    public WireFault wrap(MemorySegment buffer, long offset, int length) {
        WireFault fault = checkHeader(buffer, offset, length);
        if (fault != WireFault.OK) {
            return fault;
        }
        int headerLength = headerLength(buffer, offset);
        int total = Octets.u16(buffer, offset + 2);
        if (total < headerLength || total > length) {
            return WireFault.IPV4_TOTAL_LENGTH;
        }
        if (Checksum.of(buffer, offset, headerLength) != 0) {
            return WireFault.IPV4_CHECKSUM;
        }
        int fragmentOffset = (Octets.u16(buffer, offset + 6) & OFFSET_MASK) << 3;
        if (fragmentOffset + total > TOTAL_MAX) {
            return WireFault.IPV4_FRAGMENT;
        }
        place(buffer, offset, total);
        return WireFault.OK;
    }

    /// Checks of version and header length, for a header that may be followed by less than its total length.
    static WireFault checkHeader(MemorySegment buffer, long offset, int length) {
        if (length < HEADER_LENGTH) {
            return WireFault.IPV4_SHORT;
        }
        if (Octets.u8(buffer, offset) >>> 4 != 4) {
            return WireFault.IPV4_VERSION;
        }
        int headerLength = headerLength(buffer, offset);
        return headerLength < HEADER_LENGTH || headerLength > length ? WireFault.IPV4_HEADER_LENGTH : WireFault.OK;
    }

    static int headerLength(MemorySegment buffer, long offset) {
        return (Octets.u8(buffer, offset) & 0xf) << 2;
    }

    /// Writes a header without options, fragment or special handling, with its checksum.
    ///
    /// @param payloadLength octets that follow the header
    public static void emit(
            MemorySegment buffer, long offset, int payloadLength, int protocol, int source, int destination) {
        Octets.put8(buffer, offset, VERSION_AND_LENGTH);
        Octets.put8(buffer, offset + 1, 0);
        Octets.put16(buffer, offset + 2, HEADER_LENGTH + payloadLength);
        Octets.put16(buffer, offset + 4, 0);
        Octets.put16(buffer, offset + 6, DONT_FRAGMENT);
        Octets.put8(buffer, offset + 8, TTL_SENT);
        Octets.put8(buffer, offset + 9, protocol);
        Octets.put16(buffer, offset + 10, 0);
        Octets.put32(buffer, offset + 12, source);
        Octets.put32(buffer, offset + 16, destination);
        Octets.put16(buffer, offset + 10, Checksum.of(buffer, offset, HEADER_LENGTH));
    }

    /// Octets of the header with options.
    public int headerLength() {
        return headerLength(buffer(), offset());
    }

    /// Whether the header has options.
    public boolean hasOptions() {
        return headerLength() > HEADER_LENGTH;
    }

    /// The octet of differentiated services and congestion notification (RFC 2474, RFC 3168).
    public int trafficClass() {
        return u8(1);
    }

    /// The number that fragments of one packet share.
    public int identification() {
        return u16(4);
    }

    /// Whether it must not be fragmented.
    public boolean dontFragment() {
        return (u16(6) & DONT_FRAGMENT) != 0;
    }

    /// Whether more fragments of the packet follow.
    public boolean moreFragments() {
        return (u16(6) & MORE_FRAGMENTS) != 0;
    }

    /// Where the fragment begins in the whole payload, in octets.
    public int fragmentOffset() {
        return (u16(6) & OFFSET_MASK) << 3;
    }

    /// Whether it is a fragment.
    public boolean isFragment() {
        return (u16(6) & (MORE_FRAGMENTS | OFFSET_MASK)) != 0;
    }

    /// Hops that are left.
    public int ttl() {
        return u8(8);
    }

    /// Takes one hop off, and corrects the checksum. Must not be called with a TTL of 0.
    public void decrementTtl() {
        int before = u16(8);
        put16(8, before - 0x100);
        put16(10, Checksum.update(u16(10), before, before - 0x100));
    }

    /// Number of the payload's protocol.
    public int protocol() {
        return u8(9);
    }

    /// Checksum of the header.
    public int checksum() {
        return u16(10);
    }

    /// Address it comes from.
    public int source() {
        return i32(12);
    }

    /// Sets the address it comes from, and corrects the header's checksum, not that of the payload.
    public void source(int address) {
        put16(10, Checksum.update32(u16(10), i32(12), address));
        put32(12, address);
    }

    /// Address it goes to.
    public int destination() {
        return i32(16);
    }

    /// Sets the address it goes to, and corrects the header's checksum, not that of the payload.
    public void destination(int address) {
        put16(10, Checksum.update32(u16(10), i32(16), address));
        put32(16, address);
    }

    /// Where the payload begins in the buffer.
    public long payloadOffset() {
        return offset() + headerLength();
    }

    /// Octets behind the header.
    public int payloadLength() {
        return length() - headerLength();
    }
}
