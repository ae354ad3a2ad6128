package net.testudo.element.rehearsal;

import java.util.function.Consumer;

/// Stands on the wire in front of a port.
interface Meddler {
    /// MAC addresses, EtherType and type of a cluster frame.
    int CLUSTER_HEADER_OCTETS = 15;
    int MACS_OCTETS = 12;
    int SEALED = 3;

    /// A frame is about to arrive at `port`.
    ///
    /// @param arrive takes what arrives in its place, in order
    void meddle(MutatingPort port, byte[] frame, Consumer<byte[]> arrive);

    static boolean isCluster(byte[] frame) {
        return frame.length >= CLUSTER_HEADER_OCTETS
                && (frame[MACS_OCTETS] & 0xff) == 0x88
                && (frame[MACS_OCTETS + 1] & 0xff) == 0xb5;
    }
}
