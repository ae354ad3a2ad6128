package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.Decide;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.Revision;
import org.junit.jupiter.api.Test;

class StatusExchangeTest {
    @Test
    void revisionIsAnnouncedWhenItIsOnDisk() {
        OneDevice device = new OneDevice(5, 2);
        device.hears(2, 5);
        Revision first = OneDevice.revision(1, Digest.ZERO);
        Line line = Line.of(first).plus(OneDevice.revision(2, first.header().hash()));
        device.receives(2, new Decide(5, line));
        device.advance(10 * OneDevice.MS);
        assertEquals(1, device.status().decidedNumber());
        device.stores();
        device.advance(OneDevice.MS);
        assertEquals(2, device.status().decidedNumber());
    }

    @Test
    void onlyAMembersLeaseIsReportedAsLost() {
        OneDevice device = ElectionTest.candidate();
        device.receives(2, ElectionTest.vote(6, false));
        device.stores();
        device.hearsServing(2, 6, 1);
        device.hearsServing(4, 6, 1);
        assertTrue(device.masterServing());
        device.told(Kind.LEASE_LOST);
        device.advance(OneDevice.MS);
        device.hearsServing(2, 6, 2);
        device.hearsServing(4, 6, 2);
        assertEquals(DeviceSet.of(2), device.told(Kind.LEASE_LOST), "device 4 is only joining");
    }
}
