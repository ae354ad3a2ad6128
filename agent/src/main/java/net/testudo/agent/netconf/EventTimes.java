package net.testudo.agent.netconf;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import net.testudo.element.management.ClusterTime;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;

/// When events happened, by the wall clock of this device. An event carries its place on the time scale of the cluster;
/// how long ago that is does not depend on a wall clock.
final class EventTimes {
    private final InstantSource clock;

    /// @param clock of this device
    EventTimes(InstantSource clock) {
        this.clock = clock;
    }

    /// When `event` happened; now if that is not known.
    Instant of(ElementEvent event, ElementSnapshot now) {
        String known = event.evidence().getOrDefault(ClusterTime.EVIDENCE, "");
        if (!known.matches("[0-9]{1,18}")) {
            return moment(Duration.ZERO);
        }
        long ageNs = now.nowNs() - now.clusterStartedNs() - Long.parseLong(known);
        return moment(Duration.ofNanos(Math.max(0, ageNs)));
    }

    /// When the cluster began to run.
    Instant clusterStarted(ElementSnapshot now) {
        return moment(Duration.ofNanos(Math.max(0, now.nowNs() - now.clusterStartedNs())));
    }

    private Instant moment(Duration ago) {
        return clock.instant().minus(ago);
    }
}
