package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;

/// An Ethernet II frame without preamble and FCS (IEEE 802.3 §3).
///
/// ```
///  0           6          12    14
///  | to        | from     |type | payload, possibly padded
/// ```
public final class EthernetFlyweight extends View {
    /// Octets before the payload.
    public static final int HEADER_LENGTH = 14;

    /// Views nothing yet.
    public EthernetFlyweight() {}

    /// Views a frame.
    public WireFault wrap(MemorySegment buffer, long offset, int length) {
        if (length < HEADER_LENGTH) {
            return WireFault.ETHERNET_SHORT;
        }
        place(buffer, offset, length);
        return WireFault.OK;
    }

    /// Writes a header; the payload follows at `offset + HEADER_LENGTH`.
    public static void emit(MemorySegment buffer, long offset, long destination, long source, int etherType) {
        Octets.put48(buffer, offset, destination);
        Octets.put48(buffer, offset + 6, source);
        Octets.put16(buffer, offset + 12, etherType);
    }

    /// The MAC address it goes to, in the low 48 bits.
    public long destination() {
        return u48(0);
    }

    /// Sets the MAC address it goes to.
    public void destination(long mac) {
        put48(0, mac);
    }

    /// The MAC address it comes from, in the low 48 bits.
    public long source() {
        return u48(6);
    }

    /// Sets the MAC address it comes from.
    public void source(long mac) {
        put48(6, mac);
    }

    /// Whether it goes to a group (multicast or broadcast).
    public boolean toGroup() {
        return (u8(0) & 1) != 0;
    }

    /// The type of the payload; [EtherType#VLAN] if a tag comes first.
    public int etherType() {
        return u16(12);
    }

    /// Where the payload begins in the buffer.
    public long payloadOffset() {
        return offset() + HEADER_LENGTH;
    }

    /// Octets behind the header.
    public int payloadLength() {
        return length() - HEADER_LENGTH;
    }
}
