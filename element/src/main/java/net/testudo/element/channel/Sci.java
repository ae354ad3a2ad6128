package net.testudo.element.channel;

/// The secure channel identifier in a sealed frame (IEEE 802.1AE): which process of which device sealed it.
///
/// ```
///  63    58   57 56   55                                  0
/// | device |  1  0  | boot id                              |
/// ```
///
/// Its first six octets look like a locally administered MAC address, its last two like a port number.
final class Sci {
    private static final int BOOT_BITS = 56;
    private static final long BOOT_MASK = (1L << BOOT_BITS) - 1;
    private static final long LOCAL_BITS = 3L << BOOT_BITS;
    private static final long LOCAL = 2L << BOOT_BITS;

    private Sci() {}

    /// @param device 1 to 63, 0 in a [PairSession]
    /// @param bootId of its process; 24 bits of it count its starts
    static long of(int device, long bootId) {
        return ((long) device << (BOOT_BITS + 2)) | LOCAL | (bootId & BOOT_MASK);
    }

    /// Whether a device of a cluster could have this identifier.
    static boolean isClusters(long sci) {
        return (sci & LOCAL_BITS) == LOCAL;
    }

    static int device(long sci) {
        return (int) (sci >>> (BOOT_BITS + 2));
    }

    static long bootId(long sci) {
        return sci & BOOT_MASK;
    }
}
