package net.testudo.element.channel;

import net.testudo.element.net.ProtocolVersions;

/// This device's side of all its handshakes of one use.
///
/// @param use number in the frames
/// @param context names protocol, version and use in every key
/// @param name of this device in this use: its serial number or its device number
/// @param bootId of this process
/// @param payloadOctets how much each side delivers to the other
/// @param versions this device speaks
record HandshakeParty(int use, String context, String name, long bootId, int payloadOctets, ProtocolVersions versions) {
    /// Between the master and an unconfigured device; names are serial numbers, nothing is delivered.
    static HandshakeParty join(String serial, long bootId, ProtocolVersions versions) {
        return new HandshakeParty(1, "testudo 2 join", serial, bootId, 0, versions);
    }

    /// Between members; names are device numbers, each delivers its transmit keys and where it stands.
    static HandshakeParty association(int device, long bootId, ProtocolVersions versions) {
        return new HandshakeParty(
                2, "testudo 2 association", Integer.toString(device), bootId, Association.PAYLOAD_OCTETS, versions);
    }

    /// @throws IllegalArgumentException if the name cannot travel in a frame
    HandshakeParty {
        if (!HandshakeFrame.isName(name)) {
            throw new IllegalArgumentException("a serial number has 1 to 64 printable ASCII characters: " + name);
        }
    }
}
