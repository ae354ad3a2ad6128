package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;

/// Writes whole Ethernet frames with ARP packets; every method writes [#LENGTH] octets.
///
/// The MAC address in the frame's header and the one in the packet are given apart: the master announces the virtual
/// MAC address as both, while a witness probe carries the port's own.
public final class ArpFrames {
    /// Octets of a frame, without the padding that the port adds.
    public static final int LENGTH = EthernetFlyweight.HEADER_LENGTH + ArpFlyweight.LENGTH;

    private static final long BROADCAST = 0xffff_ffff_ffffL;

    private ArpFrames() {}

    /// Who has `targetAddress`? Asked by broadcast.
    ///
    /// @return [#LENGTH]
    public static int request(MemorySegment out, long offset, long mac, int senderAddress, int targetAddress) {
        EthernetFlyweight.emit(out, offset, BROADCAST, mac, EtherType.ARP);
        return packet(out, offset, ArpFlyweight.REQUEST, mac, senderAddress, 0, targetAddress);
    }

    /// Who has `targetAddress`? Asked of `targetMac` alone, to refresh what is known.
    ///
    /// @return [#LENGTH]
    public static int unicastRequest(
            MemorySegment out, long offset, long mac, int senderAddress, long targetMac, int targetAddress) {
        EthernetFlyweight.emit(out, offset, targetMac, mac, EtherType.ARP);
        return packet(out, offset, ArpFlyweight.REQUEST, mac, senderAddress, 0, targetAddress);
    }

    /// Is `targetAddress` there? Sender address 0.0.0.0, so that nobody learns anything from it (RFC 5227 §2.1.1).
    ///
    /// @return [#LENGTH]
    public static int probe(MemorySegment out, long offset, long mac, int targetAddress) {
        return request(out, offset, mac, 0, targetAddress);
    }

    /// `address` is at `mac`, in answer to a request.
    ///
    /// @param asked the request
    /// @return [#LENGTH]
    public static int reply(MemorySegment out, long offset, ArpFlyweight asked, long mac, int address) {
        long receiverMac = asked.senderMac();
        int receiverAddress = asked.senderAddress();
        EthernetFlyweight.emit(out, offset, receiverMac, mac, EtherType.ARP);
        return packet(out, offset, ArpFlyweight.REPLY, mac, address, receiverMac, receiverAddress);
    }

    /// `address` is at `mac` from now on: a gratuitous request, which hosts and bridges learn from (RFC 5227 §2.3).
    ///
    /// @return [#LENGTH]
    public static int announcement(MemorySegment out, long offset, long mac, int address) {
        return request(out, offset, mac, address, address);
    }

    /// The same as a gratuitous reply, for hosts that learn only from replies.
    ///
    /// @return [#LENGTH]
    public static int announcementReply(MemorySegment out, long offset, long mac, int address) {
        EthernetFlyweight.emit(out, offset, BROADCAST, mac, EtherType.ARP);
        return packet(out, offset, ArpFlyweight.REPLY, mac, address, BROADCAST, address);
    }

    private static int packet(
            MemorySegment out,
            long offset,
            int operation,
            long senderMac,
            int senderAddress,
            long targetMac,
            int targetAddress) {
        long at = offset + EthernetFlyweight.HEADER_LENGTH;
        ArpFlyweight.emitHead(out, at, operation);
        Octets.put48(out, at + 8, senderMac);
        Octets.put32(out, at + 14, senderAddress);
        Octets.put48(out, at + 18, targetMac);
        Octets.put32(out, at + 24, targetAddress);
        return LENGTH;
    }
}
