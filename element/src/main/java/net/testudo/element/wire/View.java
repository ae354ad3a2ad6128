package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;

/// What all flyweights have: a place in a buffer.
abstract sealed class View
        permits ArpFlyweight,
                EthernetFlyweight,
                IcmpFlyweight,
                Ipv4Flyweight,
                QuoteFlyweight,
                TcpFlyweight,
                UdpFlyweight,
                VlanFlyweight {
    private MemorySegment buffer = MemorySegment.NULL;
    private long offset;
    private int length;

    /// The buffer the view lies in.
    public final MemorySegment buffer() {
        return buffer;
    }

    /// Where the view begins in [#buffer].
    public final long offset() {
        return offset;
    }

    /// The length of the view in octets.
    public final int length() {
        return length;
    }

    final void place(MemorySegment newBuffer, long newOffset, int newLength) {
        buffer = newBuffer;
        offset = newOffset;
        length = newLength;
    }

    final void shorten(int newLength) {
        length = newLength;
    }

    final int u8(int at) {
        return Octets.u8(buffer, offset + at);
    }

    final int u16(int at) {
        return Octets.u16(buffer, offset + at);
    }

    final int i32(int at) {
        return Octets.i32(buffer, offset + at);
    }

    final long u48(int at) {
        return Octets.u48(buffer, offset + at);
    }

    final void put8(int at, int value) {
        Octets.put8(buffer, offset + at, value);
    }

    final void put16(int at, int value) {
        Octets.put16(buffer, offset + at, value);
    }

    final void put32(int at, int value) {
        Octets.put32(buffer, offset + at, value);
    }

    final void put48(int at, long value) {
        Octets.put48(buffer, offset + at, value);
    }
}
