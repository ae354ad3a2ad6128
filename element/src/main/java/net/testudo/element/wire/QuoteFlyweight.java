package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.Protocol;

/// The start of a packet as quoted by an ICMP error (RFC 792, RFC 1812 §4.3.2.3): header and at least 8 octets.
///
/// After a rewrite the ICMP checksum has to be refreshed ([IcmpFlyweight#refreshChecksum]).
public final class QuoteFlyweight extends View {
    /// Octets of the quoted payload that every error has to hold.
    public static final int PAYLOAD_LENGTH_MIN = 8;

    private static final int UDP_CHECKSUM = 6;
    private static final int TCP_CHECKSUM = 16;
    private static final int ICMP_CHECKSUM = 2;
    private static final int ICMP_IDENTIFIER = 4;

    /// Views nothing yet.
    public QuoteFlyweight() {}

    /// Views the data of an ICMP error.
    public WireFault wrap(MemorySegment buffer, long offset, int length) {
        return switch (Ipv4Flyweight.checkHeader(buffer, offset, length)) {
            case IPV4_SHORT -> WireFault.QUOTE_SHORT;
            case OK -> {
                if (length < Ipv4Flyweight.headerLength(buffer, offset) + PAYLOAD_LENGTH_MIN) {
                    yield WireFault.QUOTE_SHORT;
                }
                place(buffer, offset, length);
                yield WireFault.OK;
            }
            default -> WireFault.QUOTE_MALFORMED;
        };
    }

    /// Number of the quoted packet's protocol.
    public int protocol() {
        return u8(9);
    }

    /// Address the quoted packet came from.
    public int source() {
        return i32(12);
    }

    /// Address the quoted packet went to.
    public int destination() {
        return i32(16);
    }

    /// Whether the quoted packet was no first fragment: it shows no ports.
    public boolean isLaterFragment() {
        return (u16(6) & 0x1fff) != 0;
    }

    /// Both addresses of the quoted packet, as in [FlowKey].
    public long addresses() {
        return FlowKey.addresses(source(), destination());
    }

    /// Protocol and ports of the quoted packet, as in [FlowKey]; ports are 0 if it shows none.
    public long selectors() {
        int at = payload();
        int ports = 0;
        if (!isLaterFragment()) {
            ports = switch (protocol()) {
                case Protocol.TCP, Protocol.UDP, Protocol.ESP -> i32(at);
                case Protocol.AH -> i32(at + 4);
                case Protocol.ICMP -> {
                    int identifier = IcmpFlyweight.isQuery(u8(at)) ? u16(at + ICMP_IDENTIFIER) : 0;
                    yield FlowKey.ports(identifier, identifier);
                }
                default -> 0;
            };
        }
        return FlowKey.selectors(protocol(), ports);
    }

    /// Sets the source of the quoted packet: address, and port or ICMP identifier; checksums that are quoted are
    /// corrected.
    public void rewriteSource(int address, int port) {
        rewriteAddress(12, address);
        rewritePort(0, port);
    }

    /// Sets the destination of the quoted packet: address, and port or ICMP identifier; checksums that are quoted
    /// are corrected.
    public void rewriteDestination(int address, int port) {
        rewriteAddress(16, address);
        rewritePort(2, port);
    }

    private void rewriteAddress(int at, int address) {
        int before = i32(at);
        put16(10, Checksum.update32(u16(10), before, address));
        put32(at, address);
        int checksum = protocol() == Protocol.ICMP || isLaterFragment() ? -1 : transportChecksum();
        if (checksum >= 0) {
            putTransportChecksum(checksum, Checksum.update32(u16(checksum), before, address));
        }
    }

    private void rewritePort(int portAt, int port) {
        boolean identifier = protocol() == Protocol.ICMP && IcmpFlyweight.isQuery(u8(payload()));
        if (isLaterFragment() || !(identifier || Protocol.hasPorts(protocol()))) {
            return;
        }
        int at = payload() + (identifier ? ICMP_IDENTIFIER : portAt);
        int checksum = transportChecksum();
        if (checksum >= 0) {
            putTransportChecksum(checksum, Checksum.update(u16(checksum), u16(at), port));
        }
        put16(at, port);
    }

    /// Where the transport's checksum stands, or -1 if it is not quoted or there is none.
    private int transportChecksum() {
        int at = payload()
                + switch (protocol()) {
                    case Protocol.UDP -> UDP_CHECKSUM;
                    case Protocol.TCP -> TCP_CHECKSUM;
                    case Protocol.ICMP -> ICMP_CHECKSUM;
                    default -> length();
                };
        boolean none = at + 2 > length() || (protocol() == Protocol.UDP && u16(at) == 0);
        return none ? -1 : at;
    }

    private void putTransportChecksum(int at, int checksum) {
        put16(at, protocol() == Protocol.UDP ? UdpFlyweight.neverZero(checksum) : checksum);
    }

    private int payload() {
        return Ipv4Flyweight.headerLength(buffer(), offset());
    }
}
