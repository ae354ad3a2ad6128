package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.PublicKey;

/// The admission of one device, as the master sees it.
final class Join {
    /// How far it is.
    enum Phase {
        OPENING,
        OFFERED,
        /// Waits for a revision that holds the device's number and key.
        KEYED,
        VERIFIED,
        PROPOSED
    }

    private static final PublicKey NONE = new PublicKey(0, 0, 0, 0);

    final String serial;
    final int device;
    PublicKey publicKey = NONE;
    long startedNs;
    final List<Long> requests = new ArrayList<>();
    Phase phase = Phase.OPENING;
    int attempts;
    Digest expectedDeviceHash = Digest.ZERO;
    Digest expectedRevisionHash = Digest.ZERO;

    Join(String serial, int device, long nowNs) {
        this.serial = serial;
        this.device = device;
        this.startedNs = nowNs;
    }
}
