package net.testudo.element.config;

import net.testudo.element.net.MacAddress;

/// Derives the virtual MAC address of a data network that has none configured.
final class VirtualMac {
    /// First octet: locally administered, individual (IEEE 802 §8.2).
    private static final long LOCAL = 0x02L << 40;

    private static final int HEX_DIGITS_OF_40_BITS = 10;

    private VirtualMac() {}

    static MacAddress derive(String clusterId, int networkIndex) {
        String hash = RevisionHash.of(clusterId + '/' + networkIndex).hex();
        return new MacAddress(LOCAL | Long.parseLong(hash.substring(0, HEX_DIGITS_OF_40_BITS), 16));
    }
}
