package net.testudo.element.cluster;

/// Decides whether a device may serve at this moment. Asked right before anything leaves.
final class Serving {
    private Serving() {}

    static boolean asMaster(boolean master, long leaseEndNs, long nowNs) {
        return master && leaseEndNs - nowNs > 0;
    }

    static boolean asMember(long leaseEndNs, long nowNs) {
        return leaseEndNs - nowNs > 0;
    }
}
