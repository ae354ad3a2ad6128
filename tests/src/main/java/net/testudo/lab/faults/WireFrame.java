package net.testudo.lab.faults;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import net.testudo.element.wire.EtherType;

/// What a frame on a data network says about who serves.
///
/// @param sourceMac 48 bits
/// @param arpSender the IPv4 address that an ARP packet gives its sender, 0 if it is no ARP packet or gives none
/// @param flow the addresses and ports of an IPv4 packet; nothing if it is none, or a later fragment
record WireFrame(long sourceMac, int arpSender, Optional<Flow> flow) {
    private static final int HEADER_OCTETS = 14;
    private static final int ARP_OCTETS = 28;
    private static final int IPV4_OCTETS = 20;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int FRAGMENT_OFFSET_MASK = 0x1fff;

    /// One direction of a flow.
    ///
    /// @param source IPv4 address
    /// @param destination IPv4 address
    /// @param protocol of IP
    /// @param ports source and destination, 16 bits each; 0 where the protocol has none
    record Flow(int source, int destination, int protocol, int ports) {
        @Override
        public String toString() {
            return "%s:%d > %s:%d, protocol %d"
                    .formatted(address(source), ports >>> 16, address(destination), ports & 0xffff, protocol);
        }
    }

    /// Reads the first octets of an Ethernet frame; of a frame that is no packet of IPv4 or ARP, or is cut off before
    /// what matters, only the source remains.
    ///
    /// @param octets from the destination MAC address on
    static WireFrame of(ByteBuffer octets) {
        ByteBuffer frame = octets.duplicate().order(ByteOrder.BIG_ENDIAN);
        if (frame.limit() < HEADER_OCTETS) {
            return new WireFrame(0, 0, Optional.empty());
        }
        long sourceMac = frame.getLong(4) & 0xffff_ffff_ffffL;
        int type = Short.toUnsignedInt(frame.getShort(12));
        if (type == EtherType.ARP && frame.limit() >= HEADER_OCTETS + ARP_OCTETS) {
            return new WireFrame(sourceMac, frame.getInt(HEADER_OCTETS + 14), Optional.empty());
        }
        return new WireFrame(sourceMac, 0, type == EtherType.IPV4 ? flow(frame) : Optional.empty());
    }

    private static Optional<Flow> flow(ByteBuffer frame) {
        if (frame.limit() < HEADER_OCTETS + IPV4_OCTETS) {
            return Optional.empty();
        }
        int headerOctets = (frame.get(HEADER_OCTETS) & 0xf) * 4;
        int offset = frame.getShort(HEADER_OCTETS + 6) & FRAGMENT_OFFSET_MASK;
        int protocol = Byte.toUnsignedInt(frame.get(HEADER_OCTETS + 9));
        boolean ports = protocol == TCP || protocol == UDP;
        if (offset != 0 || (ports && frame.limit() < HEADER_OCTETS + headerOctets + 4)) {
            return Optional.empty();
        }
        return Optional.of(new Flow(
                frame.getInt(HEADER_OCTETS + 12),
                frame.getInt(HEADER_OCTETS + 16),
                protocol,
                ports ? frame.getInt(HEADER_OCTETS + headerOctets) : 0));
    }

    /// The number of an IPv4 address in text.
    static int address(String text) {
        int number = 0;
        for (String octet : text.split("\\.", -1)) {
            number = (number << 8) | Integer.parseInt(octet);
        }
        return number;
    }

    private static String address(int number) {
        return (number >>> 24) + "." + ((number >>> 16) & 0xff) + "." + ((number >>> 8) & 0xff) + "." + (number & 0xff);
    }
}
