package net.testudo.element.net;

import java.util.Optional;

/// An IPv4 address (RFC 791), first octet highest. `java.net.InetAddress` is not used: it can ask the DNS.
public record Ipv4Address(int bits) implements Comparable<Ipv4Address> {
    /// 0.0.0.0, the sender of an ARP probe (RFC 5227 §1.1).
    public static final Ipv4Address ANY = new Ipv4Address(0);

    /// The address in dotted-quad form, or nothing if `text` is not of that form.
    public static Optional<Ipv4Address> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        int bits = 0;
        for (String part : parts) {
            int octet = Decimal.parse(part, 3);
            if (octet < 0 || octet > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | octet;
        }
        return Optional.of(new Ipv4Address(bits));
    }

    @Override
    public int compareTo(Ipv4Address other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }
}
