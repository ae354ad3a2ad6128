package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;

/// An ARP packet for Ethernet and IPv4 (RFC 826).
///
/// ```
///  0     2     4  5  6     8          14        18         24        28
///  | 1   |0800 |6 |4 | op  |sender MAC|sender IP|target MAC|target IP|
/// ```
public final class ArpFlyweight extends View {
    /// Octets of a packet.
    public static final int LENGTH = 28;
    /// Operation of a request.
    public static final int REQUEST = 1;
    /// Operation of a reply.
    public static final int REPLY = 2;

    private static final int HARDWARE_ETHERNET = 1;
    /// Both address lengths, 6 and 4, as one word.
    private static final int LENGTHS = 0x0604;

    /// Views nothing yet.
    public ArpFlyweight() {}

    /// Views the payload of a frame of type ARP.
    public WireFault wrap(MemorySegment buffer, long offset, int length) {
        if (length < LENGTH) {
            return WireFault.ARP_SHORT;
        }
        if (Octets.u16(buffer, offset) != HARDWARE_ETHERNET
                || Octets.u16(buffer, offset + 2) != EtherType.IPV4
                || Octets.u16(buffer, offset + 4) != LENGTHS) {
            return WireFault.ARP_KIND;
        }
        int operation = Octets.u16(buffer, offset + 6);
        if (operation != REQUEST && operation != REPLY) {
            return WireFault.ARP_OPERATION;
        }
        place(buffer, offset, LENGTH);
        return WireFault.OK;
    }

    /// Writes the part of a packet before the addresses.
    static void emitHead(MemorySegment buffer, long offset, int operation) {
        Octets.put16(buffer, offset, HARDWARE_ETHERNET);
        Octets.put16(buffer, offset + 2, EtherType.IPV4);
        Octets.put16(buffer, offset + 4, LENGTHS);
        Octets.put16(buffer, offset + 6, operation);
    }

    /// Whether it is a request; else it is a reply.
    public boolean isRequest() {
        return u16(6) == REQUEST;
    }

    /// MAC address of the sender.
    public long senderMac() {
        return u48(8);
    }

    /// IPv4 address of the sender, 0 in a probe.
    public int senderAddress() {
        return i32(14);
    }

    /// MAC address of the target; without meaning in a request.
    public long targetMac() {
        return u48(18);
    }

    /// IPv4 address asked for, or of the receiver of a reply.
    public int targetAddress() {
        return i32(24);
    }

    /// Whether it asks if an address is in use without claiming one (RFC 5227 §1.1).
    public boolean isProbe() {
        return isRequest() && senderAddress() == 0;
    }

    /// Whether it tells where the sender's address is without being asked (RFC 5227 §1.1, gratuitous ARP).
    public boolean isAnnouncement() {
        return senderAddress() == targetAddress();
    }
}
