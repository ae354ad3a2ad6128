package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.testudo.element.wire.cluster.ControlMessage.Decide;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.Revision;
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
    void aStatusNeverCountsForMoreThanTheLeaseThatItAnnounced() {
        Line line = Line.of(OneDevice.revision(1, Digest.ZERO));
        OneDevice device = new OneDevice(5, 2);
        device.hearsMaster(2, 5);
        line = follows(device, line, 25);
        device.advance(100 * OneDevice.MS);
        device.hears(2, 5, 2, line.newest().number());
        assertTrue(device.memberServing());
        line = follows(device, line, 250);
        follows(device, line, 240);
        device.advance(16 * OneDevice.MS);
        assertTrue(device.memberServing());
        device.advance(3 * OneDevice.MS);
        assertFalse(device.memberServing(), "the status that was answered announced 20 ms");
    }

    private static Line follows(OneDevice device, Line line, int deadMs) {
        Revision next = OneDevice.revision(
                line.newest().number() + 1, line.newest().header().hash(), deadMs);
        device.receives(2, new Decide(5, line.plus(next)));
        device.stores();
        device.advance(OneDevice.MS);
        assertEquals(next.header().number(), device.revision());
        return line.plus(next);
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
