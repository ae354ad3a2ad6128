package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.Protocol;

/// One received frame with all its layers: what the data path reads, and rewrites for NAT. One instance serves all
/// frames, one after the other.
public final class FrameFlyweight {
    private final EthernetFlyweight ethernet = new EthernetFlyweight();
    private final VlanFlyweight vlan = new VlanFlyweight();
    private final ArpFlyweight arp = new ArpFlyweight();
    private final Ipv4Flyweight ipv4 = new Ipv4Flyweight();
    private final UdpFlyweight udp = new UdpFlyweight();
    private final TcpFlyweight tcp = new TcpFlyweight();
    private final IcmpFlyweight icmp = new IcmpFlyweight();
    private final QuoteFlyweight quote = new QuoteFlyweight();
    private Kind kind = Kind.OTHER;
    private int vlanId;
    private boolean transport;
    private boolean icmpError;

    /// What a frame carries.
    public enum Kind {
        /// [#arp] can be read.
        ARP,
        /// [#ipv4] can be read, and what belongs to its protocol.
        IPV4,
        /// An IPv6 packet; it is not looked into.
        IPV6,
        /// The cluster protocol, in clear or sealed.
        CLUSTER,
        /// Anything else.
        OTHER
    }

    /// Views nothing yet.
    public FrameFlyweight() {}

    /// Views a frame and checks every layer that is read. A frame with a fault is to be dropped and counted; its
    /// Ethernet header can be read unless that is what is too short.
    public WireFault wrap(MemorySegment buffer, long offset, int length) {
        kind = Kind.OTHER;
        transport = false;
        icmpError = false;
        vlanId = 0;
        WireFault fault = ethernet.wrap(buffer, offset, length);
        if (fault != WireFault.OK) {
            return fault;
        }
        int etherType = ethernet.etherType();
        if (etherType != EtherType.VLAN) {
            return wrapPayload(etherType, buffer, ethernet.payloadOffset(), ethernet.payloadLength());
        }
        fault = vlan.wrap(buffer, ethernet.payloadOffset(), ethernet.payloadLength());
        if (fault != WireFault.OK) {
            return fault;
        }
        vlanId = vlan.vlan();
        return wrapPayload(vlan.etherType(), buffer, vlan.payloadOffset(), vlan.payloadLength());
    }

    /// Views an IPv4 packet that has no Ethernet header before it (from a tunnel). [#ethernet] must not be read.
    public WireFault wrapPacket(MemorySegment buffer, long offset, int length) {
        transport = false;
        icmpError = false;
        vlanId = 0;
        kind = Kind.OTHER;
        return wrapIpv4(buffer, offset, length);
    }

    private WireFault wrapPayload(int etherType, MemorySegment buffer, long offset, int length) {
        return switch (etherType) {
            case EtherType.ARP -> {
                WireFault fault = arp.wrap(buffer, offset, length);
                kind = fault == WireFault.OK ? Kind.ARP : Kind.OTHER;
                yield fault;
            }
            case EtherType.IPV4 -> wrapIpv4(buffer, offset, length);
            case EtherType.IPV6 -> {
                kind = Kind.IPV6;
                yield WireFault.OK;
            }
            case EtherType.CLUSTER, EtherType.MACSEC -> {
                kind = Kind.CLUSTER;
                yield WireFault.OK;
            }
            default -> WireFault.OK;
        };
    }

    private WireFault wrapIpv4(MemorySegment buffer, long offset, int length) {
        WireFault fault = ipv4.wrap(buffer, offset, length);
        if (fault == WireFault.OK && ipv4.fragmentOffset() == 0) {
            fault = wrapTransport(buffer, ipv4.payloadOffset(), ipv4.payloadLength());
        }
        kind = fault == WireFault.OK ? Kind.IPV4 : Kind.OTHER;
        return fault;
    }

    private WireFault wrapTransport(MemorySegment buffer, long offset, int length) {
        boolean whole = !ipv4.moreFragments();
        WireFault fault = switch (ipv4.protocol()) {
            case Protocol.UDP ->
                whole ? udp.wrap(buffer, offset, length) : udp.wrapFirstFragment(buffer, offset, length);
            case Protocol.TCP -> tcp.wrap(buffer, offset, length);
            case Protocol.ICMP -> wrapIcmp(buffer, offset, length, whole);
            // Both show their SPI in the first 8 octets (RFC 4303 §2, RFC 4302 §2).
            case Protocol.ESP, Protocol.AH -> length < 8 ? WireFault.IPSEC_SHORT : WireFault.OK;
            default -> WireFault.OK;
        };
        transport = fault == WireFault.OK;
        return fault;
    }

    private WireFault wrapIcmp(MemorySegment buffer, long offset, int length, boolean whole) {
        WireFault fault = whole ? icmp.wrap(buffer, offset, length) : icmp.wrapFirstFragment(buffer, offset, length);
        if (fault != WireFault.OK || !icmp.isError()) {
            return fault;
        }
        fault = quote.wrap(buffer, icmp.payloadOffset(), icmp.payloadLength());
        icmpError = fault == WireFault.OK;
        return fault;
    }

    /// What the frame carries.
    public Kind kind() {
        return kind;
    }

    /// The VLAN id of the outer tag, 0 if there is none.
    public int vlan() {
        return vlanId;
    }

    /// The Ethernet header.
    public EthernetFlyweight ethernet() {
        return ethernet;
    }

    /// The ARP packet, if the kind is ARP.
    public ArpFlyweight arp() {
        return arp;
    }

    /// The IPv4 packet, if the kind is IPV4.
    public Ipv4Flyweight ipv4() {
        return ipv4;
    }

    /// The datagram, if [#hasTransport] and the protocol is UDP.
    public UdpFlyweight udp() {
        return udp;
    }

    /// The segment, if [#hasTransport] and the protocol is TCP.
    public TcpFlyweight tcp() {
        return tcp;
    }

    /// The message, if [#hasTransport] and the protocol is ICMP.
    public IcmpFlyweight icmp() {
        return icmp;
    }

    /// The packet that an ICMP error is about, if [#isIcmpError].
    public QuoteFlyweight quote() {
        return quote;
    }

    /// Whether the packet shows its transport header: all but later fragments do.
    public boolean hasTransport() {
        return transport;
    }

    /// Whether it is an ICMP error; it belongs to the flow of [#quote], seen from the other side.
    public boolean isIcmpError() {
        return icmpError;
    }

    /// Both addresses of the packet, as in [FlowKey].
    public long addresses() {
        return FlowKey.addresses(ipv4.source(), ipv4.destination());
    }

    /// Protocol and ports of the packet, as in [FlowKey]; ports are 0 if it shows none.
    public long selectors() {
        int protocol = ipv4.protocol();
        if (!transport) {
            return FlowKey.selectors(protocol, 0);
        }
        int ports = switch (protocol) {
            case Protocol.UDP -> FlowKey.ports(udp.sourcePort(), udp.destinationPort());
            case Protocol.TCP -> FlowKey.ports(tcp.sourcePort(), tcp.destinationPort());
            case Protocol.ICMP -> icmp.isQuery() ? FlowKey.ports(icmp.identifier(), icmp.identifier()) : 0;
            case Protocol.ESP -> Octets.i32(ipv4.buffer(), ipv4.payloadOffset());
            case Protocol.AH -> Octets.i32(ipv4.buffer(), ipv4.payloadOffset() + 4);
            default -> 0;
        };
        return FlowKey.selectors(protocol, ports);
    }

    /// Sets the source: address, and port or ICMP identifier; all checksums are corrected. A packet without ports
    /// keeps what it has.
    public void rewriteSource(int address, int port) {
        int before = ipv4.source();
        ipv4.source(address);
        if (!transport) {
            return;
        }
        switch (ipv4.protocol()) {
            case Protocol.UDP -> {
                udp.addressRewritten(before, address);
                udp.sourcePort(port);
            }
            case Protocol.TCP -> {
                tcp.addressRewritten(before, address);
                tcp.sourcePort(port);
            }
            case Protocol.ICMP -> rewriteIdentifier(port);
            default -> {
                // Nothing in the payload depends on the address.
            }
        }
    }

    /// Sets the destination: address, and port or ICMP identifier; all checksums are corrected. A packet without
    /// ports keeps what it has.
    public void rewriteDestination(int address, int port) {
        int before = ipv4.destination();
        ipv4.destination(address);
        if (!transport) {
            return;
        }
        switch (ipv4.protocol()) {
            case Protocol.UDP -> {
                udp.addressRewritten(before, address);
                udp.destinationPort(port);
            }
            case Protocol.TCP -> {
                tcp.addressRewritten(before, address);
                tcp.destinationPort(port);
            }
            case Protocol.ICMP -> rewriteIdentifier(port);
            default -> {
                // Nothing in the payload depends on the address.
            }
        }
    }

    private void rewriteIdentifier(int identifier) {
        if (icmp.isQuery()) {
            icmp.identifier(identifier);
        }
    }
}
