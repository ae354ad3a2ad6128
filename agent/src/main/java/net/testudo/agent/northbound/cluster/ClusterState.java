package net.testudo.agent.northbound.cluster;

import java.util.Locale;
import java.util.TreeMap;
import net.testudo.agent.datastore.CanonicalLine;
import net.testudo.agent.datastore.CanonicalPath;
import net.testudo.element.management.ElectionCriterion;
import net.testudo.element.management.ElectionState;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.MemberClock;
import net.testudo.element.net.ProtocolVersions;
import org.jspecify.annotations.Nullable;

/// The state nodes of `/testudo-cluster:cluster` as canonical lines, in the order of the module.
public final class ClusterState {
    private static final String CLUSTER = "/testudo-cluster:cluster";
    private static final String STATE = CLUSTER + "/state";
    private static final long NS_PER_MS = 1_000_000;
    private static final long NS_PER_SECOND = 1_000_000_000;

    private final ElementSnapshot snapshot;
    private final StringBuilder lines = new StringBuilder();

    private ClusterState(ElementSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /// The lines for `snapshot`.
    public static String lines(ElementSnapshot snapshot) {
        ClusterState state = new ClusterState(snapshot);
        snapshot.members().forEach(state::member);
        state.cluster();
        state.lines.append(BackupSyncState.lines(snapshot));
        state.election(snapshot.election());
        state.switchover(snapshot.lastSwitchover());
        snapshot.discovered().forEach(state::discovered);
        snapshot.alarms().forEach(state::alarm);
        new TreeMap<>(snapshot.counters()).forEach(state::counter);
        return state.lines.toString();
    }

    private void member(ElementSnapshot.MemberState member) {
        String path = CLUSTER + "/member[serial=" + CanonicalPath.quote(member.serial()) + "]/state";
        put(path + "/role", words(member.role()));
        put(path + "/voter", member.voter());
        put(path + "/reachable", member.reachable());
        put(path + "/in-sync", member.inSync());
        put(path + "/health", member.health());
        text(path + "/version", member.version());
        text(path + "/config-hash", member.configHash());
        put(path + "/flows", member.flows());
        put(path + "/boot-id", Long.toHexString(member.bootId()));
        if (member.lastHeardNs() != 0) {
            put(path + "/last-heard", age(member.lastHeardNs()));
        }
        put(path + "/testudo-election:load", member.capacity().load());
        put(path + "/testudo-election:processors", member.capacity().processors());
        put(path + "/testudo-election:link-speed", member.capacity().linkMbps());
        for (ElectionCriterion criterion : member.unmet()) {
            lines.append(path)
                    .append("/testudo-election:unmet-criterion[.=")
                    .append(CanonicalPath.quote(words(criterion)))
                    .append("]\n");
        }
        contender(path, member.device());
        put(
                path + "/testudo-election:heard-on-cluster-port",
                snapshot.election().onCluster().contains(member.device()));
        put(
                path + "/testudo-election:heard-on-data-networks",
                snapshot.election().onData().contains(member.device()));
        put(path + "/testudo-verification:verification", words(member.verified()));
        member.syncProgress()
                .forEach((name, percent) -> put(
                        path + "/testudo-backup-sync:sync-progress[class=" + CanonicalPath.quote(name) + "]/progress",
                        percent));
        versions(path, member.versions());
        clock(path, member.clock());
    }

    private void versions(String path, @Nullable ProtocolVersions versions) {
        if (versions != null) {
            for (int version = versions.oldest(); version <= versions.newest(); version++) {
                lines.append(path)
                        .append("/protocol-version[.='")
                        .append(version)
                        .append("']\n");
            }
        }
    }

    private void clock(String path, MemberClock clock) {
        MemberClock.Offset offset = clock.offset();
        if (offset != null) {
            put(path + "/testudo-clock:clock-offset", offset.ns());
            put(path + "/testudo-clock:clock-uncertainty", offset.uncertaintyNs());
        }
        put(path + "/testudo-clock:ntp-synchronized", words(clock.system().sync()));
        put(path + "/testudo-clock:ntp-source", words(clock.system().source()));
        if (clock.system().errorUs() > 0) {
            put(path + "/testudo-clock:ntp-error", clock.system().errorUs());
        }
        Long difference = clock.wallDifferenceMs();
        if (difference != null) {
            put(path + "/testudo-clock:wall-clock-difference", difference);
        }
    }

    private void contender(String path, int device) {
        for (ElectionState.Contender contender : snapshot.election().contenders()) {
            if (contender.device() == device) {
                put(path + "/testudo-election:score", contender.score());
                text(path + "/testudo-election:not-next-master", contender.whyNot());
            }
        }
    }

    private void election(ElectionState election) {
        String path = STATE + "/testudo-election:election";
        device(path + "/next-master", election.next());
        put(path + "/damping-penalty", election.penalty());
        put(path + "/preemption-suppressed", election.suppressed());
        if (election.termEndNs() != 0) {
            put(path + "/term-left", Math.max(0, election.termEndNs() - snapshot.nowNs()) / NS_PER_SECOND);
        }
        device(path + "/tie-breaker", election.tieBreaker());
        put(path + "/segments", election.segments());
        ElectionState.HandOver prepared = election.handOver();
        if (prepared.reason() != ElementEvent.Reason.NONE) {
            device(path + "/hand-over/target", prepared.target());
            put(path + "/hand-over/reason", words(prepared.reason()));
            text(path + "/hand-over/text", prepared.text());
            text(path + "/hand-over/waits-for", prepared.waitsFor());
        }
    }

    private void cluster() {
        put(STATE + "/serial", snapshot.serial());
        device(STATE + "/device", snapshot.device());
        put(STATE + "/role", words(snapshot.role()));
        text(STATE + "/cluster-id", snapshot.clusterId());
        if (!snapshot.clusterId().isEmpty()) {
            put(STATE + "/age", age(snapshot.clusterStartedNs()));
        }
        put(STATE + "/epoch", snapshot.epoch());
        device(STATE + "/master", snapshot.master());
        put(STATE + "/master-serving", snapshot.masterServing());
        put(STATE + "/member-serving", snapshot.memberServing());
        put(STATE + "/unwitnessed", snapshot.unwitnessed());
        put(STATE + "/revision", snapshot.revision());
        text(STATE + "/config-hash", snapshot.configHash());
        put(STATE + "/engine-boots", snapshot.engineBoots());
        put(STATE + "/protocol-version", snapshot.protocolVersion());
    }

    private void switchover(ElementSnapshot.Switchover last) {
        String path = STATE + "/last-switchover";
        if (last.count() > 0) {
            text(path + "/event-id", last.eventId());
            device(path + "/from", last.from());
            device(path + "/to", last.to());
            text(path + "/cause", last.cause());
            put(path + "/age", age(last.atNs()));
            put(path + "/count", last.count());
        }
    }

    private void discovered(ElementSnapshot.DiscoveredDevice device) {
        String path = STATE + "/discovered-device[serial=" + CanonicalPath.quote(device.serial()) + "]";
        text(path + "/mac", device.mac());
        text(path + "/version", device.version());
        text(path + "/capabilities", device.capabilities());
        text(path + "/licence", device.licence());
        put(path + "/state", device.state());
        text(path + "/reason", device.reason());
        put(path + "/first-heard", age(device.firstHeardNs()));
    }

    private void alarm(ElementSnapshot.Alarm alarm) {
        put(
                STATE + "/alarm[name=" + CanonicalPath.quote(alarm.name()) + "][device='" + alarm.device() + "']/text",
                alarm.text());
    }

    private void counter(String name, long value) {
        put(STATE + "/counter[name=" + CanonicalPath.quote(name) + "]/value", Long.toUnsignedString(value));
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private long age(long sinceNs) {
        return Math.max(0, snapshot.nowNs() - sinceNs) / NS_PER_MS;
    }

    /// Device number 0 stands for "none", and the leaf is absent.
    private void device(String path, int device) {
        if (device != 0) {
            put(path, device);
        }
    }

    private void text(String path, String value) {
        if (!value.isEmpty()) {
            put(path, value);
        }
    }

    private void put(String path, Object value) {
        lines.append(CanonicalLine.of(path, value.toString()));
    }
}
