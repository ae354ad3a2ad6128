package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.Decide;
import net.testudo.element.wire.cluster.DeviceKey;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.PublicKey;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.RevisionHeader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// When a device is told that it was taken out.
@Tag("NON-01")
class TrustTest {
    private static final DeviceSet THIRD = DeviceSet.NONE.with(3);

    private static Revision revision(long number, Digest parent, boolean thirdIsOut) {
        Revision revision = OneDevice.revision(number, parent);
        RevisionHeader header = revision.header();
        SortedMap<Integer, DeviceKey> keys = new TreeMap<>();
        for (int device = 1; device <= 3; device++) {
            keys.put(device, new DeviceKey(new PublicKey(device, 1, 2, 3), thirdIsOut && device == 3));
        }
        return new Revision(
                new RevisionHeader(
                        number,
                        parent,
                        header.contentHash(),
                        thirdIsOut ? header.voters().without(3) : header.voters(),
                        0,
                        header.numbers(),
                        keys,
                        0,
                        "",
                        header.note()),
                revision.content());
    }

    /// Found by the simulator: of a pair, a device said so whose disk was full, and lost power. Its peer had forgotten
    /// the cluster, and its vote was needed still.
    @Test
    void itIsToldOnceThatIsOnDisk() {
        OneDevice device = new OneDevice(5, 2);
        device.hears(2, 5);
        Line first = Line.of(OneDevice.revision(1, Digest.ZERO));
        Line known = first.plus(revision(2, first.newest().header().hash(), false));
        device.receives(2, new Decide(5, known));
        device.advance(OneDevice.MS);
        device.stores();
        device.receives(
                2, new Decide(5, known.plus(revision(3, known.newest().header().hash(), true))));
        device.advance(2 * Trust.FAREWELL_NS);
        assertEquals(3, device.revision());
        assertEquals(DeviceSet.NONE, device.revoked());
        device.stores();
        device.advance(OneDevice.MS);
        assertEquals(THIRD, device.revoked());
    }
}
