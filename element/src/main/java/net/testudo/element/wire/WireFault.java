package net.testudo.element.wire;

import java.util.Locale;

/// What is wrong with received octets. Each is counted under its [#counter].
public enum WireFault {
    /// Nothing.
    OK,
    /// Fewer octets than an Ethernet header.
    ETHERNET_SHORT,
    /// Fewer octets than an 802.1Q tag and a type.
    VLAN_SHORT,
    /// Fewer octets than an ARP packet for Ethernet and IPv4.
    ARP_SHORT,
    /// An ARP packet for other kinds of address.
    ARP_KIND,
    /// An ARP packet that is neither request nor reply.
    ARP_OPERATION,
    /// Fewer octets than an IPv4 header.
    IPV4_SHORT,
    /// The version in an IPv4 header is not 4.
    IPV4_VERSION,
    /// The header length is below 20 octets or beyond the packet's end.
    IPV4_HEADER_LENGTH,
    /// The total length is below the header's or beyond the frame's end.
    IPV4_TOTAL_LENGTH,
    /// The header checksum is wrong.
    IPV4_CHECKSUM,
    /// A fragment that would end beyond the largest packet.
    IPV4_FRAGMENT,
    /// Fewer octets than a UDP header.
    UDP_SHORT,
    /// The UDP length is below the header's or beyond the packet's end.
    UDP_LENGTH,
    /// Fewer octets than a TCP header.
    TCP_SHORT,
    /// The TCP header length is below 20 octets or beyond the packet's end.
    TCP_HEADER_LENGTH,
    /// Fewer octets than an ICMP header.
    ICMP_SHORT,
    /// The ICMP checksum is wrong.
    ICMP_CHECKSUM,
    /// Fewer octets than the start of an ESP or AH header.
    IPSEC_SHORT,
    /// An ICMP error quotes no IPv4 header with 8 octets behind it.
    QUOTE_SHORT,
    /// An ICMP error quotes something that is no IPv4 header.
    QUOTE_MALFORMED;

    private final String counter = "drop-" + name().toLowerCase(Locale.ROOT).replace('_', '-');

    /// Name of the counter of frames dropped for this reason.
    public String counter() {
        return counter;
    }
}
