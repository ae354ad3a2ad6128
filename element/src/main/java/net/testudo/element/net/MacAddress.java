package net.testudo.element.net;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// A 48-bit MAC address (IEEE 802), held in the low 48 bits of a `long`, first octet highest.
public record MacAddress(long bits) implements Comparable<MacAddress> {
    /// ff:ff:ff:ff:ff:ff.
    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    private static final Pattern TEXT = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");

    /// @throws IllegalArgumentException if more than 48 bits are set
    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("a MAC address has 48 bits: " + Long.toHexString(bits));
        }
    }

    /// The address written as six octets with colons, or nothing if `text` is not of that form.
    public static Optional<MacAddress> parse(String text) {
        return TEXT.matcher(text).matches()
                ? Optional.of(new MacAddress(HexFormat.fromHexDigitsToLong(text.replace(":", ""))))
                : Optional.empty();
    }

    /// Whether the group bit is set (multicast and broadcast).
    public boolean isGroup() {
        return (bits >>> 40 & 1) != 0;
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compare(bits, other.bits);
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(octets());
    }

    private byte[] octets() {
        byte[] octets = new byte[6];
        for (int i = 0; i < 6; i++) {
            octets[i] = (byte) (bits >>> (40 - 8 * i));
        }
        return octets;
    }
}
