package net.testudo.element.net;

import java.util.Optional;

/// An IPv4 address with the length of its prefix (RFC 4632), such as `198.51.100.1/24`.
///
/// The host bits are kept: a port's address and the network around it are one value. [#contains] and [#network]
/// look at the prefix only.
///
/// @param address may have host bits
/// @param lengthBits 0 to 32
public record Ipv4Prefix(Ipv4Address address, int lengthBits) {
    /// 0.0.0.0/0, every address.
    public static final Ipv4Prefix ALL = new Ipv4Prefix(Ipv4Address.ANY, 0);

    /// @throws IllegalArgumentException if the length is not 0 to 32
    public Ipv4Prefix {
        if (lengthBits < 0 || lengthBits > 32) {
            throw new IllegalArgumentException("a prefix has 0 to 32 bits: " + lengthBits);
        }
    }

    /// The prefix written as `ADDRESS/LENGTH`, or nothing if `text` is not of that form.
    public static Optional<Ipv4Prefix> parse(String text) {
        int slash = text.indexOf('/');
        int length = slash < 0 ? -1 : Decimal.parse(text.substring(slash + 1), 2);
        return length < 0 || length > 32
                ? Optional.empty()
                : Ipv4Address.parse(text.substring(0, slash)).map(address -> new Ipv4Prefix(address, length));
    }

    /// The mask, ones from the top.
    public int mask() {
        return lengthBits == 0 ? 0 : -1 << (32 - lengthBits);
    }

    /// The address without its host bits.
    public Ipv4Address network() {
        return new Ipv4Address(address.bits() & mask());
    }

    /// The address with all host bits set; in a network of up to 30 bits that is its directed broadcast.
    public Ipv4Address broadcast() {
        return new Ipv4Address(address.bits() | ~mask());
    }

    /// Whether `other` lies in this prefix.
    public boolean contains(Ipv4Address other) {
        return contains(other.bits());
    }

    /// Whether the address with these bits lies in this prefix.
    public boolean contains(int otherBits) {
        return ((otherBits ^ address.bits()) & mask()) == 0;
    }

    /// Whether the two prefixes have an address in common.
    public boolean overlaps(Ipv4Prefix other) {
        return lengthBits <= other.lengthBits ? contains(other.address) : other.contains(address);
    }

    @Override
    public String toString() {
        return address + "/" + lengthBits;
    }
}
