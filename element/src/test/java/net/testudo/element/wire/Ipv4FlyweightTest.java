package net.testudo.element.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import net.testudo.element.net.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The packets of these tests were made by a script outside this project, with its own checksum.
class Ipv4FlyweightTest {
    static final String UDP = "450000211234400040113c46c000020ac6336414 9c400035000d333a 68656c6c6f";
    static final String TCP = "450000381234400040063c3ac000020ac6336414"
            + "9c4101bb01020304000000009002faf0d5c70000 020405b4040201010103030700000000";
    static final String ECHO = "450000211234400040013c56c000020ac6336414 0800f35504d20007 70696e6721";
    private static final int SOURCE = 0xc000_020a;
    private static final int DESTINATION = 0xc633_6414;

    private final Ipv4Flyweight ipv4 = new Ipv4Flyweight();
    private final UdpFlyweight udp = new UdpFlyweight();
    private final TcpFlyweight tcp = new TcpFlyweight();
    private final IcmpFlyweight icmp = new IcmpFlyweight();

    @Test
    void deconstructIpv4() {
        // Two octets of padding, as a frame may have.
        assertEquals(WireFault.OK, ipv4.wrap(Hex.buffer(UDP + "0000"), Hex.OFFSET, Hex.length(UDP) + 2));
        assertEquals(33, ipv4.length());
        assertEquals(20, ipv4.headerLength());
        assertFalse(ipv4.hasOptions());
        assertEquals(0, ipv4.trafficClass());
        assertEquals(0x1234, ipv4.identification());
        assertTrue(ipv4.dontFragment());
        assertFalse(ipv4.moreFragments());
        assertFalse(ipv4.isFragment());
        assertEquals(64, ipv4.ttl());
        assertEquals(Protocol.UDP, ipv4.protocol());
        assertEquals(0x3c46, ipv4.checksum());
        assertEquals(SOURCE, ipv4.source());
        assertEquals(DESTINATION, ipv4.destination());
        assertEquals(Hex.OFFSET + 20, ipv4.payloadOffset());
        assertEquals(13, ipv4.payloadLength());
    }

    @Test
    void constructIpv4() {
        MemorySegment buffer = Hex.filled(20);
        Ipv4Flyweight.emit(buffer, Hex.OFFSET, 13, Protocol.UDP, SOURCE, DESTINATION);
        Hex.assertOctets("45000021000040004011 4e7a c000020a c6336414", buffer);
        MemorySegment whole = Hex.buffer(UDP);
        MemorySegment.copy(buffer, Hex.OFFSET, whole, Hex.OFFSET, 20);
        assertEquals(WireFault.OK, ipv4.wrap(whole, Hex.OFFSET, Hex.length(UDP)));
    }

    @Test
    void rewriteIpv4() {
        MemorySegment buffer = Hex.buffer(UDP);
        ipv4.wrap(buffer, Hex.OFFSET, Hex.length(UDP));
        ipv4.decrementTtl();
        ipv4.source(0x0a00_0001);
        ipv4.destination(0x0a00_0002);
        assertEquals(63, ipv4.ttl());
        assertEquals(WireFault.OK, ipv4.wrap(buffer, Hex.OFFSET, Hex.length(UDP)), "the checksum is right");
        assertEquals(0x0a00_0001, ipv4.source());
        assertEquals(0x0a00_0002, ipv4.destination());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 55, IPV4_VERSION",
        "0, 44, IPV4_HEADER_LENGTH",
        "0, 4f, IPV4_HEADER_LENGTH",
        "3, 13, IPV4_TOTAL_LENGTH",
        "3, 22, IPV4_TOTAL_LENGTH",
        "8, 3f, IPV4_CHECKSUM",
        "12, c1, IPV4_CHECKSUM",
    })
    void eachFaultOfIpv4HasItsReason(int at, String octet, WireFault fault) {
        byte[] octets = Hex.octets(UDP);
        octets[at] = (byte) Integer.parseInt(octet, 16);
        assertEquals(fault, ipv4.wrap(Hex.buffer(octets), Hex.OFFSET, octets.length));
    }

    @Test
    void aFragmentBeyondTheLargestPacketIsAFault() {
        byte[] octets = Hex.octets(UDP);
        octets[6] = 0x1f;
        octets[7] = (byte) 0xff;
        octets[10] = 0;
        octets[11] = 0;
        MemorySegment buffer = Hex.buffer(octets);
        Octets.put16(buffer, Hex.OFFSET + 10, Checksum.of(buffer, Hex.OFFSET, 20));
        assertEquals(WireFault.IPV4_FRAGMENT, ipv4.wrap(buffer, Hex.OFFSET, octets.length));
        assertEquals(WireFault.IPV4_SHORT, ipv4.wrap(buffer, Hex.OFFSET, 19));
    }

    @Test
    void deconstructUdp() {
        MemorySegment buffer = Hex.buffer(UDP);
        assertEquals(WireFault.OK, udp.wrap(buffer, Hex.OFFSET + 20, 13));
        assertEquals(40_000, udp.sourcePort());
        assertEquals(53, udp.destinationPort());
        assertEquals(0x333a, udp.checksum());
        assertTrue(udp.checksumValid(SOURCE, DESTINATION));
        assertFalse(udp.checksumValid(SOURCE, DESTINATION + 1));
        assertEquals(5, udp.payloadLength());
        assertEquals(Hex.OFFSET + 28, udp.payloadOffset());
    }

    @Test
    void constructUdp() {
        MemorySegment buffer = Hex.filled(13);
        UdpFlyweight.emit(buffer, Hex.OFFSET, 40_000, 53, 5);
        MemorySegment.copy(Hex.buffer("68656c6c6f"), Hex.OFFSET, buffer, Hex.OFFSET + 8, 5);
        udp.wrap(buffer, Hex.OFFSET, 13);
        udp.refreshChecksum(SOURCE, DESTINATION);
        Hex.assertOctets("9c400035000d333a 68656c6c6f", buffer);
    }

    @Test
    void aUdpChecksumOfZeroStaysZeroAndARightOneNeverBecomesZero() {
        MemorySegment buffer = Hex.buffer("0001 0002 0008 0000");
        udp.wrap(buffer, Hex.OFFSET, 8);
        udp.sourcePort(7);
        udp.addressRewritten(1, 2);
        assertEquals(0, udp.checksum());
        assertTrue(udp.checksumValid(1, 2));
        for (int port = 0; port <= 0xffff; port++) {
            udp.sourcePort(port);
            udp.refreshChecksum(SOURCE, DESTINATION);
            udp.destinationPort(udp.destinationPort() ^ 1);
            assertTrue(udp.checksum() != 0 && udp.checksumValid(SOURCE, DESTINATION), () -> "port " + udp.sourcePort());
        }
    }

    @Test
    void udpFaults() {
        MemorySegment buffer = Hex.buffer(UDP);
        assertEquals(WireFault.UDP_SHORT, udp.wrap(buffer, Hex.OFFSET + 20, 7));
        assertEquals(WireFault.UDP_LENGTH, udp.wrap(buffer, Hex.OFFSET + 20, 12));
        assertEquals(WireFault.OK, udp.wrapFirstFragment(buffer, Hex.OFFSET + 20, 12));
        Octets.put16(buffer, Hex.OFFSET + 24, 7);
        assertEquals(WireFault.UDP_LENGTH, udp.wrap(buffer, Hex.OFFSET + 20, 13));
    }

    @Test
    void deconstructTcp() {
        MemorySegment buffer = Hex.buffer(TCP);
        assertEquals(WireFault.OK, tcp.wrap(buffer, Hex.OFFSET + 20, 36));
        assertEquals(40_001, tcp.sourcePort());
        assertEquals(443, tcp.destinationPort());
        assertEquals(0x0102_0304, tcp.sequence());
        assertEquals(0, tcp.acknowledgement());
        assertEquals(36, tcp.headerLength());
        assertEquals(0, tcp.payloadLength());
        assertTrue(tcp.has(TcpFlyweight.SYN));
        assertFalse(tcp.has(TcpFlyweight.SYN | TcpFlyweight.ACK));
        assertEquals(64_240, tcp.window());
        assertEquals(1460, tcp.maximumSegmentSize());
        assertEquals(7, tcp.windowScale());
        assertTrue(tcp.sackPermitted());
        assertTrue(tcp.checksumValid(SOURCE, DESTINATION));
        assertFalse(tcp.checksumValid(SOURCE + 1, DESTINATION));
    }

    @Test
    void constructTcp() {
        MemorySegment buffer = Hex.filled(20);
        TcpFlyweight.emit(buffer, Hex.OFFSET, 0x9c41_01bb, 0x0102_0304, 5, TcpFlyweight.SYN | TcpFlyweight.ACK);
        assertEquals(WireFault.OK, tcp.wrap(buffer, Hex.OFFSET, 20));
        Hex.assertOctets("9c4101bb 01020304 00000005 5012ffff 0000 0000", buffer);
        tcp.refreshChecksum(SOURCE, DESTINATION);
        assertTrue(tcp.checksumValid(SOURCE, DESTINATION));
        assertEquals(-1, tcp.windowScale());
    }

    @Test
    void tcpFaultsAndMalformedOptions() {
        MemorySegment buffer = Hex.buffer(TCP);
        assertEquals(WireFault.TCP_SHORT, tcp.wrap(buffer, Hex.OFFSET + 20, 19));
        assertEquals(WireFault.TCP_HEADER_LENGTH, tcp.wrap(buffer, Hex.OFFSET + 20, 35));
        // The first option claims to be longer than the header.
        Octets.put8(buffer, Hex.OFFSET + 41, 40);
        assertEquals(WireFault.OK, tcp.wrap(buffer, Hex.OFFSET + 20, 36));
        assertEquals(-1, tcp.windowScale());
        Octets.put8(buffer, Hex.OFFSET + 32, 0x40);
        assertEquals(WireFault.TCP_HEADER_LENGTH, tcp.wrap(buffer, Hex.OFFSET + 20, 36));
    }

    @Test
    void deconstructIcmp() {
        MemorySegment buffer = Hex.buffer(ECHO);
        assertEquals(WireFault.OK, icmp.wrap(buffer, Hex.OFFSET + 20, 13));
        assertEquals(IcmpFlyweight.ECHO_REQUEST, icmp.type());
        assertEquals(0, icmp.code());
        assertEquals(0xf355, icmp.checksum());
        assertEquals(1234, icmp.identifier());
        assertEquals(7, icmp.sequence());
        assertTrue(icmp.isQuery());
        assertFalse(icmp.isError());
        assertEquals(5, icmp.payloadLength());
        icmp.identifier(77);
        assertEquals(WireFault.OK, icmp.wrap(buffer, Hex.OFFSET + 20, 13), "the checksum is right");
        assertEquals(77, icmp.identifier());
    }

    @Test
    void constructIcmp() {
        MemorySegment buffer = Hex.filled(13);
        IcmpFlyweight.emit(buffer, Hex.OFFSET, IcmpFlyweight.ECHO_REQUEST, 0, 1234 << 16 | 7);
        MemorySegment.copy(Hex.buffer("70696e6721"), Hex.OFFSET, buffer, Hex.OFFSET + 8, 5);
        icmp.wrapFirstFragment(buffer, Hex.OFFSET, 13);
        icmp.refreshChecksum();
        Hex.assertOctets("0800f35504d20007 70696e6721", buffer);
    }

    @Test
    void icmpFaults() {
        MemorySegment buffer = Hex.buffer(ECHO);
        assertEquals(WireFault.ICMP_SHORT, icmp.wrap(buffer, Hex.OFFSET + 20, 7));
        assertEquals(WireFault.ICMP_CHECKSUM, icmp.wrap(buffer, Hex.OFFSET + 20, 12));
    }
}
