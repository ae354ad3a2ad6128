package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;
import net.testudo.element.net.Protocol;

/// Writes whole Ethernet frames with ICMP messages in answer to a received frame. The frame goes back to the MAC
/// address it came from.
public final class IcmpFrames {
    /// The largest packet with an error: what every host can take (RFC 1812 §4.3.2.3).
    public static final int ERROR_PACKET_MAX = 576;
    /// The largest frame with an error.
    public static final int ERROR_FRAME_MAX = EthernetFlyweight.HEADER_LENGTH + ERROR_PACKET_MAX;

    private static final int PACKET = EthernetFlyweight.HEADER_LENGTH;
    private static final int MESSAGE = PACKET + Ipv4Flyweight.HEADER_LENGTH;
    private static final int CLASS_E_AND_BROADCAST = 0xf;
    private static final int MULTICAST = 0xe;
    private static final int LOOPBACK = 127;

    private IcmpFrames() {}

    /// Octets of the frame that answers the echo request in `request`.
    public static int echoReplyLength(FrameFlyweight request) {
        return MESSAGE + request.icmp().length();
    }

    /// Answers an echo request (RFC 792) from the address it was sent to, without its IP options.
    ///
    /// @param request a whole echo request (no fragment), in another buffer than `out` or in another place of it
    /// @param out with room for [#echoReplyLength]
    /// @param mac of the sender
    /// @return the frame's length
    public static int echoReply(FrameFlyweight request, MemorySegment out, long offset, long mac) {
        IcmpFlyweight asked = request.icmp();
        Ipv4Flyweight packet = request.ipv4();
        EthernetFlyweight.emit(out, offset, request.ethernet().source(), mac, EtherType.IPV4);
        int asker = packet.source();
        int here = packet.destination();
        Ipv4Flyweight.emit(out, offset + PACKET, asked.length(), Protocol.ICMP, here, asker);
        MemorySegment.copy(asked.buffer(), asked.offset(), out, offset + MESSAGE, asked.length());
        Octets.put8(out, offset + MESSAGE, IcmpFlyweight.ECHO_REPLY);
        refresh(out, offset + MESSAGE, asked.length());
        return MESSAGE + asked.length();
    }

    /// Whether an error may be sent about this packet (RFC 1812 §4.3.2.7): not about ICMP errors, later fragments,
    /// packets to a group or from what is no single host.
    public static boolean errorAllowed(FrameFlyweight offending) {
        Ipv4Flyweight packet = offending.ipv4();
        return offending.kind() == FrameFlyweight.Kind.IPV4
                && !offending.ethernet().toGroup()
                && packet.fragmentOffset() == 0
                && isSingleHost(packet.source())
                && !isGroup(packet.destination())
                && (packet.protocol() != Protocol.ICMP || offending.icmp().isQuery());
    }

    /// Reports an error about a packet; see [#errorAllowed].
    ///
    /// @param offending the packet as it arrived
    /// @param out with room for [#ERROR_FRAME_MAX], in another buffer or place than `offending`
    /// @param mac of the sender
    /// @param address of the sender
    /// @param message what to say
    /// @return the frame's length
    public static int error(
            FrameFlyweight offending, MemorySegment out, long offset, long mac, int address, ErrorMessage message) {
        Ipv4Flyweight packet = offending.ipv4();
        int room = ERROR_PACKET_MAX - Ipv4Flyweight.HEADER_LENGTH - IcmpFlyweight.HEADER_LENGTH;
        int quoted = Math.min(packet.length(), room);
        int length = IcmpFlyweight.HEADER_LENGTH + quoted;
        EthernetFlyweight.emit(out, offset, offending.ethernet().source(), mac, EtherType.IPV4);
        Ipv4Flyweight.emit(out, offset + PACKET, length, Protocol.ICMP, address, packet.source());
        IcmpFlyweight.emit(out, offset + MESSAGE, message.type(), message.code(), message.nextHopMtu());
        MemorySegment.copy(
                packet.buffer(), packet.offset(), out, offset + MESSAGE + IcmpFlyweight.HEADER_LENGTH, quoted);
        refresh(out, offset + MESSAGE, length);
        return MESSAGE + length;
    }

    /// What an error says. Make it once and keep it.
    ///
    /// @param type of the message
    /// @param code of the message
    /// @param nextHopMtu for [IcmpFlyweight#CODE_TOO_LARGE], else 0 (RFC 1191 §4)
    public record ErrorMessage(int type, int code, int nextHopMtu) {
        /// No hop was left.
        public static final ErrorMessage TIME_EXCEEDED = new ErrorMessage(IcmpFlyweight.TIME_EXCEEDED, 0, 0);
        /// There is no route.
        public static final ErrorMessage NETWORK_UNREACHABLE =
                new ErrorMessage(IcmpFlyweight.UNREACHABLE, IcmpFlyweight.CODE_NETWORK, 0);
        /// The next hop does not answer.
        public static final ErrorMessage HOST_UNREACHABLE =
                new ErrorMessage(IcmpFlyweight.UNREACHABLE, IcmpFlyweight.CODE_HOST, 0);
        /// Nobody listens at the port.
        public static final ErrorMessage PORT_UNREACHABLE =
                new ErrorMessage(IcmpFlyweight.UNREACHABLE, IcmpFlyweight.CODE_PORT, 0);

        /// Too large for the next hop, and not to be fragmented.
        public static ErrorMessage tooLarge(int nextHopMtu) {
            return new ErrorMessage(IcmpFlyweight.UNREACHABLE, IcmpFlyweight.CODE_TOO_LARGE, nextHopMtu);
        }
    }

    private static void refresh(MemorySegment out, long at, int length) {
        Octets.put16(out, at + 2, 0);
        Octets.put16(out, at + 2, Checksum.of(out, at, length));
    }

    private static boolean isSingleHost(int address) {
        int first = address >>> 24;
        return first != 0 && first != LOOPBACK && !isGroup(address);
    }

    private static boolean isGroup(int address) {
        int top = address >>> 28;
        return top == MULTICAST || top == CLASS_E_AND_BROADCAST;
    }
}
