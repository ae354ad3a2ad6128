package net.testudo.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.testudo.mib.DeviceColumn;
import net.testudo.mib.WorkingRole;
import org.junit.jupiter.api.Test;

class DeviceTableTest {
    private static final String TRUE = "1";
    private static final String FALSE = "2";

    private final Map<String, String> walk = new HashMap<>();

    private void member(int number, WorkingRole role, String inSync) {
        put(DeviceColumn.SERIAL, number, "A" + number);
        put(DeviceColumn.WORKING_ROLE, number, Integer.toString(role.number()));
        put(DeviceColumn.VOTER, number, TRUE);
        put(DeviceColumn.REACHABLE, number, TRUE);
        put(DeviceColumn.IN_SYNC, number, inSync);
        put(DeviceColumn.HEALTH, number, "100");
        put(DeviceColumn.FLOWS, number, "7");
    }

    private void put(DeviceColumn column, int number, String value) {
        walk.put(column.oid() + "." + number, value);
    }

    @Test
    void aWholeClusterHasOneMasterOneBackupMasterAndOtherwiseActiveDevices() {
        member(1, WorkingRole.ACTIVE, TRUE);
        member(2, WorkingRole.MASTER, TRUE);
        member(3, WorkingRole.BACKUP_MASTER, TRUE);
        DeviceTable table = DeviceTable.of(walk);
        assertTrue(table.whole(3));
        assertFalse(table.whole(2));
        assertEquals(Optional.of("A2"), table.master());
        assertEquals(
                List.of("active", "master", "backupMaster"),
                List.copyOf(table.roles().values()));
        assertEquals(7L, table.flows().get("A3"));
    }

    @Test
    void aDeviceThatIsNotInSyncMakesTheClusterIncomplete() {
        member(1, WorkingRole.MASTER, TRUE);
        member(2, WorkingRole.BACKUP_MASTER, FALSE);
        assertFalse(DeviceTable.of(walk).whole(2));
    }

    @Test
    void twoMastersAreNone() {
        member(1, WorkingRole.MASTER, TRUE);
        member(2, WorkingRole.MASTER, TRUE);
        assertEquals(Optional.empty(), DeviceTable.of(walk).master());
    }

    @Test
    void anAgentThatDoesNotAnswerGivesAnEmptyTable() {
        assertEquals(List.of(), DeviceTable.of(Map.of()).rows());
    }

    @Test
    void linesHaveAHeadingAndOneLinePerDevice() {
        member(1, WorkingRole.MASTER, TRUE);
        assertEquals(
                List.of(
                        "device  serial  role          voter  reachable  in sync  health  flows",
                        "1       A1      master        yes    yes        yes      100     7"),
                DeviceTable.of(walk).lines());
    }
}
