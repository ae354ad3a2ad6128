package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.testudo.element.config.ClusterConfig;
import net.testudo.element.net.DeviceSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RolesTest {
    private static DeviceSet devices(int... numbers) {
        DeviceSet devices = DeviceSet.NONE;
        for (int d : numbers) {
            devices = devices.with(d);
        }
        return devices;
    }

    /// With device 1 as master and device 2 as backup master.
    private static DeviceSet standby(ClusterConfig config, DeviceSet there) {
        return Roles.standby(config, 1, 2, there);
    }

    @Tag("FOO-10")
    @Test
    void aStandbyDeviceTakesThePlaceOfAnActiveOne() {
        ClusterConfig config = MembersText.config("", "active", "active", "active", "standby", "standby");
        assertEquals(devices(4, 5), standby(config, devices(1, 2, 3, 4, 5)));
        assertEquals(devices(5), standby(config, devices(1, 2, 4, 5)));
        assertEquals(devices(), Roles.standby(config, 1, 4, devices(1, 4, 5)));
    }

    @Test
    void beyondTheConfiguredCountMembersWait() {
        ClusterConfig config = MembersText.config("active-count = 2\n", "active", "active", "active", "active");
        assertEquals(devices(2, 4), Roles.standby(config, 1, 3, devices(1, 2, 3, 4)));
        assertEquals(devices(4), standby(config, devices(1, 2, 4)));
    }

    @Tag("NON-02")
    @Test
    void aMemberInMaintenanceWaitsAndIsReplaced() {
        ClusterConfig config = MembersText.config("", "active", "active", "active, maintenance", "standby");
        assertEquals(devices(3), standby(config, devices(1, 2, 4)));
    }
}
