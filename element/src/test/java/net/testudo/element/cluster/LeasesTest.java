package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Which reports let a device serve, and for how long.
@Tag("PAR-05")
class LeasesTest {
    private static final long LEASE_NS = Timing.REAL_TIME.leaseNs();

    @Test
    void memberServesForOneLeaseAfterAMajorityReported() {
        OneDevice device = new OneDevice(5, 2);
        assertFalse(device.memberServing());
        device.hears(2, 5, 2, 1);
        assertTrue(device.memberServing());
        device.advance(LEASE_NS - OneDevice.MS);
        assertTrue(device.memberServing());
        device.advance(2 * OneDevice.MS);
        assertFalse(device.memberServing());
    }

    @Test
    void reportOfADeviceWithANewerRevisionRenewsNothing() {
        OneDevice device = new OneDevice(5, 2);
        device.hears(2, 5, 2, 2);
        device.hears(3, 5, 2, 2);
        assertFalse(device.memberServing(), "this device may be out of date");
        device.hears(3, 5, 2, 1);
        assertTrue(device.memberServing());
    }

    @Test
    void masterServesOnlyOnReportsOfItsEpochThatNameIt() {
        OneDevice device = ElectionTest.candidate();
        device.receives(2, ElectionTest.vote(6, false));
        device.stores();
        assertEquals(1, device.master());
        device.hears(2, 5, 1, 1);
        assertFalse(device.masterServing(), "a report of another epoch");
        device.hears(2, 6, 0, 1);
        assertFalse(device.masterServing(), "a report of somebody who follows nobody yet");
        device.hears(2, 6, 1, 1);
        assertTrue(device.masterServing());
    }
}
