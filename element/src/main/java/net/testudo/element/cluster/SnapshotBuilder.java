package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.cluster.history.HistoryView;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.management.BackupSync;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.ElementSnapshot.DiscoveredDevice;
import net.testudo.element.management.ElementSnapshot.MemberState;
import net.testudo.element.management.ElementSnapshot.Switchover;
import net.testudo.element.management.LoggedEvent;
import net.testudo.element.management.RevisionHistory;
import net.testudo.element.management.Role;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.StatusMessage;
import org.jspecify.annotations.Nullable;

/// Makes the snapshot that management reads from.
public final class SnapshotBuilder {
    private final ClusterNode node;
    private final long originNs;
    private final HistoryView history = new HistoryView();

    /// @param originNs what has to be added to the times of `node` to have those of the outside
    public SnapshotBuilder(ClusterNode node, long originNs) {
        this.node = node;
        this.originNs = originNs;
    }

    /// What the data plane knows.
    ///
    /// @param flows how many flows this device owns
    /// @param inSync devices whose run-time data are where they have to be, as far as this device knows
    /// @param reported as master: devices that told it all that they carry
    /// @param backupSync as master: how far the backup master is
    public record RunTime(long flows, DeviceSet inSync, DeviceSet reported, BackupSync backupSync) {}

    /// @param version of the own software
    /// @param counters of the engine and the data plane; those of the cluster are added
    public ElementSnapshot build(long nowNs, RunTime runTime, String version, Map<String, Long> counters) {
        ClusterState state = node.state();
        Line line = state.durable.line();
        ClusterConfig config = state.config;
        state.counters().forEach(counters::putIfAbsent);
        String revisionHash = line == null ? "" : line.newest().header().hash().toString();
        return new ElementSnapshot(
                nowNs + originNs,
                state.serial,
                state.self(),
                role(state.self(), nowNs),
                state.durable.clusterId(),
                config == null ? "" : config.name(),
                (line == null ? nowNs : state.clusterStartedNs) + originNs,
                node.epoch(),
                node.master(),
                node.masterServing(nowNs),
                node.memberServing(nowNs),
                state.master ? state.alone : masterIsAlone(state),
                state.number(),
                revisionHash,
                line == null ? Content.EMPTY : line.newest().content(),
                members(nowNs, runTime, version, revisionHash),
                discovered(),
                node.raisedAlarms(),
                lastSwitchover(),
                line == null ? 0 : line.newest().header().engineBoots(),
                (line == null ? nowNs : state.engineBootsNs) + originNs,
                history(line, state),
                runTime.backupSync(),
                counters,
                state.log.view(),
                state.versions.inUse(),
                ElectionView.of(node, nowNs, originNs));
    }

    private RevisionHistory history(@Nullable Line line, ClusterState state) {
        return line == null
                ? RevisionHistory.EMPTY
                : history.of(line, state.durable.archive(), node.orphans().all(), state.historyDepth());
    }

    private List<DiscoveredDevice> discovered() {
        return node.discovered().stream()
                .map(d -> new DiscoveredDevice(
                        d.serial(),
                        d.mac(),
                        d.version(),
                        d.capabilities(),
                        d.licence(),
                        d.state(),
                        d.reason(),
                        d.firstHeardNs() + originNs))
                .toList();
    }

    private Switchover lastSwitchover() {
        Switchover last = node.lastSwitchover();
        if (last.equals(Switchover.NONE)) {
            return last;
        }
        ElementEvent event = last.eventId().isEmpty() ? reported(last) : null;
        return new Switchover(
                event == null ? last.eventId() : event.id(),
                last.from(),
                last.to(),
                event == null ? last.cause() : event.cause(),
                last.atNs() + originNs,
                last.count());
    }

    /// What the new master told of a switch that this device only saw, or null if that is not in the log yet.
    private @Nullable ElementEvent reported(Switchover last) {
        for (LoggedEvent logged : node.state().log.view().records().reversed()) {
            ElementEvent event = logged.event();
            if (event.kind() == Kind.MASTER_SWITCHED && event.device() == last.to()) {
                return event;
            }
        }
        return null;
    }

    private static boolean masterIsAlone(ClusterState state) {
        StatusMessage status = state.followed == 0 ? null : state.peer(state.followed).status;
        return status != null && status.has(StatusMessage.ALONE);
    }

    private List<MemberState> members(long nowNs, RunTime runTime, String version, String revisionHash) {
        List<MemberState> members = new ArrayList<>();
        ClusterConfig config = node.state().config;
        if (config != null) {
            for (ClusterConfig.Member member : config.members()) {
                members.add(member(member, nowNs, runTime, version, revisionHash));
            }
        }
        members.sort(Comparator.comparingInt(MemberState::device));
        return members;
    }

    private MemberState member(
            ClusterConfig.Member member, long nowNs, RunTime runTime, String version, String revisionHash) {
        ClusterState state = node.state();
        int d = member.id();
        boolean own = d == state.self();
        Peer peer = state.peer(d);
        StatusMessage status = peer.status;
        Candidate candidate = state.candidate(d);
        boolean reachable = own || !state.isSilent(d, nowNs);
        boolean upToDate = own || (reachable && peer.decidedNumber == state.number());
        return new MemberState(
                d,
                member.serial(),
                role(d, nowNs),
                member.staticRole().text(),
                state.voters().contains(d),
                reachable,
                upToDate && (own || runTime.inSync().contains(d)),
                candidate.health(),
                candidate.capacity(),
                candidate.unmet(state.electionRules()),
                own ? version : status == null ? "" : status.version(),
                upToDate ? revisionHash : "",
                own ? runTime.flows() : status == null ? 0 : status.flows(),
                own ? state.bootId : peer.bootId,
                own ? nowNs + originNs : peer.heardNs == Peer.NEVER ? 0 : peer.heardNs + originNs,
                node.verified(d, nowNs),
                syncProgress(d, upToDate, runTime),
                state.versions.of(d),
                ClockExchange.of(state, d, node.master(), nowNs));
    }

    /// What a member has to have before it counts as in sync: the configuration, its place in the master's table of
    /// flows,
    /// the event log, and as backup master all run-time data.
    private Map<String, Integer> syncProgress(int device, boolean upToDate, RunTime runTime) {
        Map<String, Integer> progress = new TreeMap<>();
        if (!node.state().master) {
            return progress;
        }
        progress.put("configuration", upToDate ? 100 : 0);
        progress.put("event-log", node.logProgress(device));
        progress.put("carried-flows", runTime.reported().contains(device) ? 100 : 0);
        if (device == runTime.backupSync().device()) {
            runTime.backupSync().classes().forEach(each -> progress.put(each.name(), each.percent()));
        }
        return progress;
    }

    private Role role(int device, long nowNs) {
        ClusterState state = node.state();
        if (device == 0) {
            return Role.UNCONFIGURED;
        }
        boolean own = device == state.self();
        if (own && node.pendingMember()) {
            return Role.JOINING;
        }
        DeviceSet suspended = node.suspendedMembers();
        if (device != node.master() && state.deactivated().contains(device)) {
            return Role.NON_MEMBER;
        }
        boolean failed = own ? !node.memberServing(nowNs) : suspended.contains(device) || state.isSilent(device, nowNs);
        if (failed) {
            return Role.FAILED;
        }
        if (device == node.master()) {
            return Role.MASTER;
        }
        if (device == node.backup()) {
            return Role.BACKUP_MASTER;
        }
        return state.standby.contains(device) ? Role.STANDBY : Role.ACTIVE;
    }
}
