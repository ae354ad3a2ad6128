package net.testudo.element.wire;

/// EtherTypes that the element tells apart (IEEE 802 numbers).
public final class EtherType {
    /// IPv4.
    public static final int IPV4 = 0x0800;
    /// ARP.
    public static final int ARP = 0x0806;
    /// An 802.1Q tag follows.
    public static final int VLAN = 0x8100;
    /// IPv6.
    public static final int IPV6 = 0x86dd;
    /// IEEE local experimental 1: the cluster protocol in clear.
    public static final int CLUSTER = 0x88b5;
    /// 802.1AE: the sealed cluster protocol.
    public static final int MACSEC = 0x88e5;

    private EtherType() {}
}
