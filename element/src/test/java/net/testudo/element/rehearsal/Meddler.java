package net.testudo.element.rehearsal;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Stands on the wire in front of a port.
interface Meddler {
    int MACS_OCTETS = 12;
    /// MAC addresses, EtherType and type of a cluster frame in clear; of a sealed one its form stands there.
    int CLUSTER_HEADER_OCTETS = 15;

    /// A frame is about to arrive at `port`.
    ///
    /// @param arrive takes what arrives in its place, in order
    void meddle(MutatingPort port, byte[] frame, Consumer<byte[]> arrive);

    static boolean isCluster(byte[] frame) {
        return isSealed(frame) || (frame.length >= CLUSTER_HEADER_OCTETS && etherType(frame) == 0x88b5);
    }

    static boolean isSealed(byte[] frame) {
        return frame.length >= CLUSTER_HEADER_OCTETS && etherType(frame) == 0x88e5;
    }

    private static int etherType(byte[] frame) {
        return ByteBuffer.wrap(frame).getShort(MACS_OCTETS) & 0xffff;
    }
}
