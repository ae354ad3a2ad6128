package net.testudo.agent.snmp;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.management.BackupSync;
import net.testudo.element.management.BackupSync.SyncClassState;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.ElementSnapshot.Alarm;
import net.testudo.element.management.ElementSnapshot.DiscoveredDevice;
import net.testudo.element.management.ElementSnapshot.MemberState;
import net.testudo.element.management.ElementSnapshot.Switchover;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.mib.AlarmColumn;
import net.testudo.mib.ClusterMode;
import net.testudo.mib.ClusterScalar;
import net.testudo.mib.CounterColumn;
import net.testudo.mib.DeviceColumn;
import net.testudo.mib.DiscoveredColumn;
import net.testudo.mib.DiscoveryState;
import net.testudo.mib.MibObject;
import net.testudo.mib.StaticRole;
import net.testudo.mib.SyncColumn;
import net.testudo.mib.SyncState;
import net.testudo.mib.WorkingRole;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/// The objects of TESTUDO-CLUSTER-MIB, read from one snapshot.
final class ClusterObjects {
    private final ElementSnapshot snapshot;
    private final long shownSinceNs;
    private final List<VariableBinding> instances = new ArrayList<>();

    private ClusterObjects(ElementSnapshot snapshot, long shownSinceNs) {
        this.snapshot = snapshot;
        this.shownSinceNs = shownSinceNs;
    }

    /// All instances.
    ///
    /// @param shownSinceNs since when this device answers for the cluster: since then the counters are its own
    static SnapshotView view(ElementSnapshot snapshot, long shownSinceNs) {
        ClusterObjects objects = new ClusterObjects(snapshot, shownSinceNs);
        objects.addScalars();
        snapshot.members().forEach(objects::addMember);
        snapshot.discovered().forEach(objects::addDiscovered);
        snapshot.alarms().forEach(objects::addAlarm);
        snapshot.counters().forEach(objects::addCounter);
        snapshot.backupSync().classes().forEach(objects::addSync);
        return new SnapshotView(objects.instances);
    }

    private void addScalars() {
        for (ClusterScalar scalar : ClusterScalar.values()) {
            add(scalar, new OID(new int[] {0}), scalar(scalar));
        }
    }

    private Variable scalar(ClusterScalar scalar) {
        Switchover last = snapshot.lastSwitchover();
        return switch (scalar) {
            case CLUSTER_ID -> Values.text(snapshot.clusterId());
            case CLUSTER_NAME -> Values.text(snapshot.clusterName());
            case CLUSTER_MODE -> Values.enumeration(mode());
            case CLUSTER_EPOCH -> new Counter64(snapshot.epoch());
            case CLUSTER_REVISION -> new Counter64(snapshot.revision());
            case CLUSTER_CONFIG_HASH -> Values.text(snapshot.configHash());
            case CLUSTER_MASTER -> Values.unsigned(snapshot.master());
            case CLUSTER_MASTER_SERIAL -> Values.text(serial(snapshot.master()));
            case SWITCHOVER_COUNT -> new Counter64(last.count());
            case SWITCHOVER_TIME -> last.count() == 0 ? new TimeTicks(0) : UpTime.at(snapshot, last.atNs());
            case SWITCHOVER_FROM -> Values.unsigned(last.from());
            case SWITCHOVER_TO -> Values.unsigned(last.to());
            case SWITCHOVER_CAUSE -> Values.longText(last.cause());
            case SWITCHOVER_EVENT_ID -> Values.text(last.eventId());
            case COUNTER_DISCONTINUITY -> UpTime.at(snapshot, shownSinceNs);
            case CLUSTER_PROTOCOL_VERSION -> Values.gauge(snapshot.protocolVersion());
        };
    }

    private ClusterMode mode() {
        if (snapshot.clusterId().isEmpty()) {
            return ClusterMode.UNCONFIGURED;
        }
        if (snapshot.master() == 0) {
            return ClusterMode.NO_MASTER;
        }
        return snapshot.unwitnessed() ? ClusterMode.UNWITNESSED : ClusterMode.NORMAL;
    }

    private void addMember(MemberState member) {
        OID index = new OID(new int[] {member.device()});
        for (DeviceColumn column : DeviceColumn.values()) {
            if (column != DeviceColumn.INDEX) {
                add(column, index, member(column, member));
            }
        }
    }

    private @Nullable Variable member(DeviceColumn column, MemberState member) {
        return switch (column) {
            case INDEX -> Values.unsigned(member.device());
            case SERIAL -> Values.text(member.serial());
            case STATIC_ROLE -> Values.named(StaticRole.values(), member.staticRole());
            case WORKING_ROLE ->
                Values.enumeration(WorkingRole.valueOf(member.role().name()));
            case HEALTH -> Values.gauge(member.health());
            case VERSION -> Values.text(member.version());
            case VOTER -> Values.truth(member.voter());
            case REACHABLE -> Values.truth(member.reachable());
            case IN_SYNC -> Values.truth(member.inSync());
            case FLOWS -> Values.gauge(member.flows());
            case CONFIG_HASH -> Values.text(member.configHash());
            case BOOT_ID -> Values.text("%016x".formatted(member.bootId()));
            case LAST_HEARD -> lastHeard(member);
            case PROTOCOL_VERSION -> Values.gauge(newest(member.versions()));
        };
    }

    private static int newest(@Nullable ProtocolVersions versions) {
        return versions == null ? 0 : versions.newest();
    }

    private TimeTicks lastHeard(MemberState member) {
        if (member.device() == snapshot.device()) {
            return UpTime.at(snapshot, snapshot.nowNs());
        }
        return member.lastHeardNs() == 0 ? new TimeTicks(0) : UpTime.at(snapshot, member.lastHeardNs());
    }

    private void addDiscovered(DiscoveredDevice device) {
        OID index = Values.index(device.serial());
        for (DiscoveredColumn column : DiscoveredColumn.values()) {
            if (column != DiscoveredColumn.SERIAL) {
                add(column, index, discovered(column, device));
            }
        }
    }

    private @Nullable Variable discovered(DiscoveredColumn column, DiscoveredDevice device) {
        return switch (column) {
            case SERIAL -> Values.text(device.serial());
            case MAC -> Values.mac(device.mac());
            case VERSION -> Values.text(device.version());
            case CAPABILITIES -> Values.longText(device.capabilities());
            case LICENCE -> Values.text(device.licence());
            case STATE -> Values.named(DiscoveryState.values(), device.state());
            case REASON -> Values.longText(device.reason());
            case FIRST_HEARD -> UpTime.at(snapshot, device.firstHeardNs());
        };
    }

    private void addAlarm(Alarm alarm) {
        OID index = new OID(new int[] {alarm.device()});
        index.append(Values.index(alarm.name()));
        add(AlarmColumn.SERIAL, index, Values.text(serial(alarm.device())));
        add(AlarmColumn.TEXT, index, Values.longText(alarm.text()));
    }

    private void addCounter(String name, long value) {
        add(CounterColumn.VALUE, Values.index(name), new Counter64(value));
    }

    private void addSync(SyncClassState each) {
        OID index = new OID(new int[] {each.number()});
        for (SyncColumn column : SyncColumn.values()) {
            if (column != SyncColumn.CLASS) {
                add(column, index, sync(column, each));
            }
        }
    }

    private Variable sync(SyncColumn column, SyncClassState each) {
        BackupSync sync = snapshot.backupSync();
        return switch (column) {
            case CLASS -> Values.unsigned(each.number());
            case NAME -> Values.text(each.name());
            case DEVICE -> Values.unsigned(sync.device());
            case STATE -> Values.enumeration(SyncState.valueOf(sync.state().name()));
            case RECORDS -> Values.gauge(each.held());
            case SENT -> new Counter64(each.sent());
            case ACKNOWLEDGED -> new Counter64(each.acknowledged());
            case LAG_RECORDS -> Values.gauge(each.lagRecords());
            case LAG -> Values.gauge(each.lagNs() / 1_000_000);
        };
    }

    /// Adds an instance, unless its value is unknown.
    private void add(MibObject object, OID index, @Nullable Variable value) {
        if (value == null) {
            return;
        }
        OID oid = new OID(object.oid());
        oid.append(index);
        instances.add(new VariableBinding(oid, value));
    }

    private String serial(int device) {
        return snapshot.members().stream()
                .filter(member -> member.device() == device)
                .map(MemberState::serial)
                .findFirst()
                .orElse("");
    }
}
