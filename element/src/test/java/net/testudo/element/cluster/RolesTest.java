package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.testudo.element.config.ClusterConfig;
import net.testudo.element.net.DeviceSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RolesTest {
    private static final Peer[] PEERS = new Peer[DeviceSet.DEVICE_MAX + 1];

    static {
        for (int d = 1; d <= DeviceSet.DEVICE_MAX; d++) {
            PEERS[d] = new Peer(d);
        }
    }

    private static DeviceSet devices(int... numbers) {
        DeviceSet devices = DeviceSet.NONE;
        for (int d : numbers) {
            devices = devices.with(d);
        }
        return devices;
    }

    /// With device 1 as master.
    private static Roles.Assignment assign(ClusterConfig config, DeviceSet there, int previousBackup) {
        return Roles.assign(config, 1, new Roles.Candidates(there.without(1), there), previousBackup, PEERS);
    }

    @Test
    void theBackupIsKeptWhileItCanBe() {
        ClusterConfig config = MembersText.config("", "active", "active", "active");
        assertEquals(3, assign(config, devices(1, 2, 3), 3).backup());
        assertEquals(2, assign(config, devices(1, 2), 3).backup());
        assertEquals(0, assign(config, devices(1), 3).backup());
    }

    @Tag("FOO-10")
    @Test
    void aStandbyDeviceTakesThePlaceOfAnActiveOne() {
        ClusterConfig config = MembersText.config("", "active", "active", "active", "standby", "standby");
        assertEquals(devices(4, 5), assign(config, devices(1, 2, 3, 4, 5), 2).standby());
        assertEquals(devices(5), assign(config, devices(1, 2, 4, 5), 2).standby());
        assertEquals(devices(), assign(config, devices(1, 4, 5), 4).standby());
    }

    @Test
    void beyondTheConfiguredCountMembersWait() {
        ClusterConfig config = MembersText.config("active-count = 2\n", "active", "active", "active", "active");
        assertEquals(devices(2, 4), assign(config, devices(1, 2, 3, 4), 3).standby());
        assertEquals(devices(4), assign(config, devices(1, 2, 4), 2).standby());
    }

    @Tag("NON-02")
    @Test
    void aMemberInMaintenanceWaitsAndIsReplaced() {
        ClusterConfig config = MembersText.config("", "active", "active", "active, maintenance", "standby");
        assertEquals(devices(3), assign(config, devices(1, 2, 4), 2).standby());
    }
}
