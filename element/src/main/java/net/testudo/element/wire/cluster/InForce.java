package net.testudo.element.wire.cluster;

/// What a device works with, as it read it back: the first words of the digests.
///
/// @param number of the revision that was taken into use, 0 if none
/// @param cluster of the configuration that all devices share; that of a revision is the first word of its content hash
/// @param device of what is derived for this device
public record InForce(long number, long cluster, long device) {
    /// Nothing.
    public static final InForce NONE = new InForce(0, 0, 0);

    void emit(OctetWriter out) {
        out.i64(number).i64(cluster).i64(device);
    }

    static InForce parse(OctetReader in) {
        return new InForce(in.i64(), in.i64(), in.i64());
    }
}
