package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
