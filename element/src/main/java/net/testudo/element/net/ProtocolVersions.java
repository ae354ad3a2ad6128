package net.testudo.element.net;

/// The versions of the cluster protocol that a device speaks: its newest one and the one before. Two devices whose
/// newest versions are at most one apart have a common one; others refuse each other.
///
/// @param newest 1 to 255
public record ProtocolVersions(int newest) {
    /// The newest version of this software.
    public static final int NEWEST = 2;
    /// What this software speaks.
    public static final ProtocolVersions OWN = new ProtocolVersions(NEWEST);
    /// The first version. Its devices say nothing of versions.
    public static final ProtocolVersions FIRST = new ProtocolVersions(1);

    /// What was said in an octet; 0, which the first version sends, is the first version.
    public static ProtocolVersions ofOctet(int octet) {
        return octet == 0 ? FIRST : new ProtocolVersions(octet);
    }

    /// As an octet: 0 for the first version.
    public int octet() {
        return newest == 1 ? 0 : newest;
    }

    /// The oldest version spoken.
    public int oldest() {
        return Math.max(1, newest - 1);
    }

    /// Whether messages of this version are understood.
    public boolean speaks(int version) {
        return version >= oldest() && version <= newest;
    }

    /// Whether both have a common version.
    public boolean isCompatible(ProtocolVersions other) {
        return Math.abs(newest - other.newest) <= 1;
    }

    /// The newest version that both speak, 0 if there is none.
    public int common(ProtocolVersions other) {
        return isCompatible(other) ? Math.min(newest, other.newest) : 0;
    }

    /// For people: `2 and 1`.
    @Override
    public String toString() {
        return newest == 1 ? "1" : newest + " and " + oldest();
    }
}
