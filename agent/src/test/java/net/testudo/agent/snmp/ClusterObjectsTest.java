package net.testudo.agent.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import net.testudo.element.management.BackupSync;
import net.testudo.element.management.ElementSnapshot.Alarm;
import net.testudo.element.management.ElementSnapshot.Switchover;
import net.testudo.element.management.Role;
import net.testudo.mib.AlarmColumn;
import net.testudo.mib.ClusterScalar;
import net.testudo.mib.CounterColumn;
import net.testudo.mib.DeviceColumn;
import net.testudo.mib.DiscoveredColumn;
import net.testudo.mib.MibObject;
import net.testudo.mib.SyncColumn;
import net.testudo.mib.SyncState;
import net.testudo.mib.WorkingRole;
import org.junit.jupiter.api.Test;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

class ClusterObjectsTest {
    private static final long STARTED_NS = -5 * Fixture.SECOND_NS;
    private static final long NOW_NS = 95 * Fixture.SECOND_NS;
    private final Fixture fixture = new Fixture(STARTED_NS);

    @Test
    void everyObjectThatCanBeReadHasAnInstance() {
        Stream.<MibObject[]>of(
                        ClusterScalar.values(),
                        DeviceColumn.values(),
                        DiscoveredColumn.values(),
                        AlarmColumn.values(),
                        CounterColumn.values(),
                        SyncColumn.values())
                .flatMap(Arrays::stream)
                .filter(object -> !isIndex(object))
                .forEach(object -> {
                    OID oid = new OID(object.oid());
                    int position = view().positionFrom(oid, false);
                    assertTrue(view().at(position).getOid().startsWith(oid), object + " has no instance");
                });
    }

    @Test
    void theOrderIsThatOfTheIdentifiers() {
        SnapshotView view = view();
        for (int position = 1; position < view.size(); position++) {
            assertTrue(
                    view.at(position - 1).getOid().compareTo(view.at(position).getOid()) < 0);
        }
    }

    @Test
    void membersShowWhatTheSnapshotSays() {
        assertEquals("A2", device(DeviceColumn.SERIAL, 2));
        assertEquals("4", device(DeviceColumn.WORKING_ROLE, 2));
        assertEquals("2", device(DeviceColumn.STATIC_ROLE, 3));
        assertEquals("98", device(DeviceColumn.HEALTH, 2));
        assertEquals("2", device(DeviceColumn.REACHABLE, 3));
        assertEquals("3000", device(DeviceColumn.FLOWS, 3));
        assertEquals("000000000000b009", device(DeviceColumn.BOOT_ID, 2));
    }

    @Test
    void lastHeardIsInTheClustersTimeAndZeroForNever() {
        assertEquals("0:01:40.00", device(DeviceColumn.LAST_HEARD, 1), "the device that answers");
        assertEquals("0:01:39.00", device(DeviceColumn.LAST_HEARD, 2));
        assertEquals("0:00:00.00", device(DeviceColumn.LAST_HEARD, 3));
    }

    @Test
    void scalarsTellOfTheLastSwitchover() {
        assertEquals("A1", scalar(ClusterScalar.CLUSTER_MASTER_SERIAL));
        assertEquals("0:01:00.00", scalar(ClusterScalar.SWITCHOVER_TIME));
        assertEquals("silence", scalar(ClusterScalar.SWITCHOVER_CAUSE));
        assertEquals("A1/1/9", scalar(ClusterScalar.SWITCHOVER_EVENT_ID));
        assertEquals("0:01:30.00", scalar(ClusterScalar.COUNTER_DISCONTINUITY));
        fixture.lastSwitchover = Switchover.NONE;
        assertEquals("0:00:00.00", scalar(ClusterScalar.SWITCHOVER_TIME));
    }

    @Test
    void theModeTellsWhetherAMajorityStandsBehindTheMaster() {
        assertEquals("3", scalar(ClusterScalar.CLUSTER_MODE));
        fixture.unwitnessed = true;
        assertEquals("4", scalar(ClusterScalar.CLUSTER_MODE));
        fixture.master = 0;
        assertEquals("2", scalar(ClusterScalar.CLUSTER_MODE));
    }

    @Test
    void everyWorkingRoleOfTheElementHasANumber() {
        for (Role role : Role.values()) {
            assertNotNull(WorkingRole.valueOf(role.name()));
        }
        assertEquals(Role.values().length, WorkingRole.values().length);
    }

    @Test
    void theTableOfRunTimeDataTellsOfStateAndLag() {
        assertEquals("flows", sync(SyncColumn.NAME, 1));
        assertEquals("2", sync(SyncColumn.DEVICE, 1));
        assertEquals(Integer.toString(SyncState.LATE.number()), sync(SyncColumn.STATE, 1));
        assertEquals("1000", sync(SyncColumn.RECORDS, 1));
        assertEquals("30", sync(SyncColumn.LAG_RECORDS, 1));
        assertEquals("700", sync(SyncColumn.LAG, 1));
        assertEquals("port-leases", sync(SyncColumn.NAME, 2));
    }

    @Test
    void everyStateOfTheBackupMasterHasANumber() {
        for (BackupSync.State state : BackupSync.State.values()) {
            assertNotNull(SyncState.valueOf(state.name()));
        }
        assertEquals(BackupSync.State.values().length, SyncState.values().length);
    }

    @Test
    void textIsCutBetweenCharacters() {
        fixture.alarms.clear();
        fixture.alarms.add(new Alarm("x", 0, "a" + "ä".repeat(600)));
        OctetString text =
                (OctetString) Objects.requireNonNull(view().get(new OID(AlarmColumn.TEXT.oid() + ".0.1.120")));
        assertEquals("a" + "ä".repeat(511), new String(text.getValue(), StandardCharsets.UTF_8));
    }

    @Test
    void countersOf64BitsKeepTheirValue() {
        OID oid = new OID(CounterColumn.VALUE.oid());
        oid.append(Values.index("flow.created"));
        assertEquals("123456789012", String.valueOf(view().get(oid)));
    }

    private static boolean isIndex(MibObject object) {
        return object == DeviceColumn.INDEX
                || object == DiscoveredColumn.SERIAL
                || object == AlarmColumn.DEVICE
                || object == AlarmColumn.NAME
                || object == CounterColumn.NAME
                || object == SyncColumn.CLASS;
    }

    private SnapshotView view() {
        return ClusterObjects.view(fixture.snapshot(NOW_NS), NOW_NS - 10 * Fixture.SECOND_NS);
    }

    private String scalar(ClusterScalar scalar) {
        return String.valueOf(view().get(new OID(scalar.oid() + ".0")));
    }

    private String sync(SyncColumn column, int number) {
        return String.valueOf(view().get(new OID(column.oid() + "." + number)));
    }

    private String device(DeviceColumn column, int device) {
        return String.valueOf(view().get(new OID(column.oid() + "." + device)));
    }
}
