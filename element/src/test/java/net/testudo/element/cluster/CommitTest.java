package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.Decide;
import net.testudo.element.wire.cluster.ControlMessage.Prepare;
import net.testudo.element.wire.cluster.ControlMessage.PrepareReply;
import net.testudo.element.wire.cluster.ControlMessage.Vote;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.PreparedEntry;
import net.testudo.element.wire.cluster.Revision;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a voter stores and adopts, and what a new master does with what its predecessor had prepared.
@Tag("DCF-10")
class CommitTest {
    private static final Revision FIRST = OneDevice.revision(1, Digest.ZERO);
    private static final Revision SECOND = OneDevice.revision(2, FIRST.header().hash());

    @Test
    void voterStoresNothingOfAMasterBelowItsPromise() {
        OneDevice device = new OneDevice(5, 2);
        device.hears(2, 5);
        device.hears(3, 5);
        device.receives(3, new Prepare(new PreparedEntry(4, 1, false, false, SECOND)));
        device.stores();
        assertFalse(device.hasSent(3, PrepareReply.class));
        device.receives(2, new Prepare(new PreparedEntry(5, 1, false, false, SECOND)));
        device.stores();
        assertTrue(device.hasSent(2, PrepareReply.class));
    }

    @Test
    void lineOfALowerEpochIsAdoptedIfItContinuesTheOwnOne() {
        OneDevice device = new OneDevice(5, 2);
        device.hears(3, 5);
        device.receives(3, new Decide(4, Line.of(FIRST).plus(SECOND)));
        assertEquals(2, device.revision(), "what was decided stays decided");
    }

    @Test
    void lineOfALowerEpochIsRefusedIfItIsAnotherOne() {
        OneDevice device = new OneDevice(5, 2);
        device.hears(3, 5);
        Revision other = OneDevice.revision(1, Digest.ZERO, "other");
        Revision next = OneDevice.revision(2, other.header().hash(), "other");
        device.receives(3, new Decide(4, Line.of(other).plus(next)));
        assertEquals(1, device.revision());
    }

    /// The predecessor may have told a client that it is decided.
    @Test
    void newMasterNeverWithdrawsWhatItsPredecessorPrepared() {
        OneDevice device = ElectionTest.candidate();
        PreparedEntry prepared = new PreparedEntry(5, 1, false, false, SECOND);
        device.receives(2, new Vote(6, false, FIRST.header(), null, prepared, DeviceSet.NONE, List.of()));
        device.stores();
        assertEquals(1, device.master());
        for (int turn = 0; turn < 500; turn++) {
            device.hears(2, 6, 1, 1);
            device.hears(3, 6, 1, 1);
            device.advance(10 * OneDevice.MS);
        }
        PreparedEntry asked = device.sent(2, Prepare.class).entry();
        assertTrue(asked.repeated());
        assertFalse(asked.tombstone());
        assertEquals(SECOND, asked.revision());
    }
}
