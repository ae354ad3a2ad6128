package net.testudo.element.cluster;

import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.management.ClusterTime;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.SystemClock;

/// The time scale that the members share (FRM-13): how long the cluster runs, by the master's clock. A new master goes
/// on with it as it knows it.
final class ClockScale {
    /// What people's clocks show, Unix time in milliseconds; handed on, nothing is decided by it.
    long wallMs;
    /// What the system says of that clock; nor by this.
    SystemClock system = SystemClock.UNKNOWN;
    /// The time of the event that is handled.
    long nowNs;

    private long comparedNs = Peer.NEVER;
    private long uncertaintyNs;

    /// The scale was compared with the master's clock.
    ///
    /// @param atNs when, own clock
    /// @param withinNs how exactly
    void compared(long atNs, long withinNs) {
        comparedNs = atNs;
        uncertaintyNs = withinNs;
    }

    /// The event with the time at which it happened on the scale, if that is known and it has none yet. It stands in
    /// the evidence, which devices of all versions carry on as it is: a record is the same everywhere.
    ElementEvent stamped(ElementEvent event, ClusterState state) {
        ClusterTime time = now(state);
        if (!time.isKnown() || event.evidence().containsKey(ClusterTime.EVIDENCE)) {
            return event;
        }
        Map<String, String> evidence = new TreeMap<>(event.evidence());
        evidence.put(ClusterTime.EVIDENCE, Long.toString(time.ns()));
        evidence.put(ClusterTime.EVIDENCE_UNCERTAINTY, Long.toString(time.uncertaintyNs()));
        return new ElementEvent(
                event.id(),
                event.kind(),
                event.device(),
                event.serial(),
                event.epoch(),
                event.reason(),
                event.cause(),
                evidence);
    }

    /// This device belongs to no cluster any more.
    void forget() {
        comparedNs = Peer.NEVER;
    }

    /// This moment on the scale, as far as this device knows it.
    ClusterTime now(ClusterState state) {
        boolean known = state.configured() && (state.master || comparedNs != Peer.NEVER);
        if (!known) {
            return ClusterTime.UNKNOWN;
        }
        long withinNs = state.master
                ? 0
                : new ClockBounds(-uncertaintyNs, uncertaintyNs, comparedNs)
                        .at(nowNs)
                        .uncertaintyNs();
        return new ClusterTime(Math.max(0, nowNs - state.clusterStartedNs), withinNs);
    }
}
