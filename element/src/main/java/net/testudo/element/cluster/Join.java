package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.wire.cluster.Digest;

/// The admission of one device, as the master sees it.
final class Join {
    /// How far it is.
    enum Phase {
        /// Waits for a revision that gives the device its number.
        RESERVING,
        OPENING,
        OFFERED,
        VERIFIED,
        PROPOSED
    }

    final String serial;
    int device;
    long startedNs;
    final List<Long> requests = new ArrayList<>();
    Phase phase = Phase.RESERVING;
    int attempts;
    Digest expectedDeviceHash = Digest.ZERO;
    Digest expectedRevisionHash = Digest.ZERO;

    Join(String serial, long nowNs) {
        this.serial = serial;
        this.startedNs = nowNs;
    }
}
