package net.testudo.element.net;

/// What identifies one direction of a flow (FLW-02): addresses, protocol, and ports, ICMP identifier or SPI.
///
/// On the data path a key is two `long` values, without allocation:
///
/// ```
///  addresses  | source:32            | destination:32          |
///  selectors  | 0:24    | protocol:8 | source port:16 | destination port:16 |
///                                    | ICMP identifier, twice              |
///                                    | SPI:32 of ESP or AH                 |
/// ```
///
/// @param addresses source and destination
/// @param selectors protocol and ports
public record FlowKey(long addresses, long selectors) {
    private static final long LOW = 0xffff_ffffL;
    /// Odd constants with well mixed bits (fractions of the golden ratio and of the square root of 2).
    private static final long MIX_1 = 0x9e37_79b9_7f4a_7c15L;

    private static final long MIX_2 = 0x6a09_e667_f3bc_c909L;

    /// The key with these parts.
    public static FlowKey of(int protocol, int source, int destination, int ports) {
        return new FlowKey(addresses(source, destination), selectors(protocol, ports));
    }

    /// Both addresses in one value.
    public static long addresses(int source, int destination) {
        return (long) source << 32 | (destination & LOW);
    }

    /// Protocol and ports in one value.
    ///
    /// @param ports as made by [#ports(int, int)], or an SPI
    public static long selectors(int protocol, int ports) {
        return (long) protocol << 32 | (ports & LOW);
    }

    /// Both ports in one value; for ICMP give the identifier twice.
    public static int ports(int sourcePort, int destinationPort) {
        return sourcePort << 16 | (destinationPort & 0xffff);
    }

    /// The addresses of the other direction.
    public static long reverseAddresses(long addresses) {
        return addresses << 32 | addresses >>> 32;
    }

    /// The selectors of the other direction: ports change places; an SPI stays, because the other direction's cannot
    /// be known from it.
    public static long reverseSelectors(long selectors) {
        int protocol = protocol(selectors);
        if (protocol == Protocol.ESP || protocol == Protocol.AH) {
            return selectors;
        }
        return selectors(protocol, Integer.rotateLeft((int) selectors, 16));
    }

    /// Source address in `addresses`.
    public static int source(long addresses) {
        return (int) (addresses >>> 32);
    }

    /// Destination address in `addresses`.
    public static int destination(long addresses) {
        return (int) addresses;
    }

    /// Protocol in `selectors`.
    public static int protocol(long selectors) {
        return (int) (selectors >>> 32);
    }

    /// Source port or ICMP identifier in `selectors`.
    public static int sourcePort(long selectors) {
        return (int) (selectors >>> 16) & 0xffff;
    }

    /// Destination port or ICMP identifier in `selectors`.
    public static int destinationPort(long selectors) {
        return (int) selectors & 0xffff;
    }

    /// A hash of one direction, well mixed in all 64 bits; the same on every device.
    public static long hash(long addresses, long selectors) {
        long mixed = (addresses ^ MIX_2) * MIX_1;
        mixed = ((mixed ^ mixed >>> 32) + selectors) * MIX_2;
        mixed = (mixed ^ mixed >>> 29) * MIX_1;
        return mixed ^ mixed >>> 32;
    }

    /// A hash that both directions share (RUL-01); not for flows with an SPI.
    public static long symmetricHash(long addresses, long selectors) {
        long reverse = reverseAddresses(addresses);
        long reverseSelectors = reverseSelectors(selectors);
        boolean asIs = addresses < reverse || (addresses == reverse && selectors <= reverseSelectors);
        return asIs ? hash(addresses, selectors) : hash(reverse, reverseSelectors);
    }

    /// The key of the other direction.
    public FlowKey reversed() {
        return new FlowKey(reverseAddresses(addresses), reverseSelectors(selectors));
    }

    /// Number of the protocol.
    public int protocol() {
        return protocol(selectors);
    }

    /// Source address.
    public Ipv4Address source() {
        return new Ipv4Address(source(addresses));
    }

    /// Destination address.
    public Ipv4Address destination() {
        return new Ipv4Address(destination(addresses));
    }

    /// Source port or ICMP identifier.
    public int sourcePort() {
        return sourcePort(selectors);
    }

    /// Destination port or ICMP identifier.
    public int destinationPort() {
        return destinationPort(selectors);
    }

    @Override
    public int hashCode() {
        return (int) hash(addresses, selectors);
    }

    @Override
    public String toString() {
        return protocol() + " " + source() + ":" + sourcePort() + " > " + destination() + ":" + destinationPort();
    }
}
