package net.testudo.element.wire.cluster;

/// The key by which a device that was admitted proves itself to the members.
///
/// @param revoked the device was taken out of the cluster since: it is told so, and nothing else
public record DeviceKey(PublicKey publicKey, boolean revoked) {
    void emit(OctetWriter out) {
        publicKey.emit(out);
        out.bool(revoked);
    }

    static DeviceKey parse(OctetReader in) {
        return new DeviceKey(PublicKey.parse(in), in.bool());
    }
}
