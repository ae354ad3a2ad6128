package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;

/// An 802.1Q tag's control information with the type behind it (IEEE 802.1Q §9.6): what follows a type of
/// [EtherType#VLAN].
///
/// ```
///  0                     2     4
///  | PCP:3 DEI:1 VID:12  |type | payload
/// ```
public final class VlanFlyweight extends View {
    /// Octets before the payload.
    public static final int HEADER_LENGTH = 4;

    /// Views nothing yet.
    public VlanFlyweight() {}

    /// Views the payload of a tagged frame.
    public WireFault wrap(MemorySegment buffer, long offset, int length) {
        if (length < HEADER_LENGTH) {
            return WireFault.VLAN_SHORT;
        }
        place(buffer, offset, length);
        return WireFault.OK;
    }

    /// Writes a tag and the type behind it.
    ///
    /// @param control priority (3 bits), drop eligibility (1 bit), VLAN id (12 bits)
    public static void emit(MemorySegment buffer, long offset, int control, int etherType) {
        Octets.put16(buffer, offset, control);
        Octets.put16(buffer, offset + 2, etherType);
    }

    /// The VLAN's id, 0 for a tag that carries only the priority.
    public int vlan() {
        return u16(0) & 0xfff;
    }

    /// The priority, 0 to 7.
    public int priority() {
        return u16(0) >>> 13;
    }

    /// Whether the frame is to be dropped first under congestion.
    public boolean dropEligible() {
        return (u16(0) & 0x1000) != 0;
    }

    /// The type of the payload.
    public int etherType() {
        return u16(2);
    }

    /// Where the payload begins in the buffer.
    public long payloadOffset() {
        return offset() + HEADER_LENGTH;
    }

    /// Octets behind the tag.
    public int payloadLength() {
        return length() - HEADER_LENGTH;
    }
}
