package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.Prepare;
import net.testudo.element.wire.cluster.ControlMessage.PrepareReply;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.PreparedEntry;
import net.testudo.element.wire.cluster.VoterChangeMark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a change of voters that is stored and not decided means for leases. Device 2 is the master.
@Tag("PAR-05")
class VoterChangesTest {
    private static final VoterChangeMark CHANGE = new VoterChangeMark(5, 1);
    private static final DeviceSet TWO = DeviceSet.of(1).with(2);

    private static final long LEASE_NS = Timing.REAL_TIME.leaseNs();

    /// A device without a lease that stored the change.
    private static OneDevice prepared() {
        OneDevice device = new OneDevice(5, 2);
        device.hearsMaster(2, 5);
        device.receives(
                2,
                new Prepare(new PreparedEntry(
                        CHANGE.epoch(),
                        CHANGE.sequence(),
                        false,
                        false,
                        OneDevice.voters(OneDevice.revision(1, Digest.ZERO), TWO))));
        device.stores();
        assertTrue(device.sent(2, PrepareReply.class).stored());
        device.advance(2 * LEASE_NS);
        assertFalse(device.memberServing());
        return device;
    }

    @Test
    void whoStoredItRenewsNoLeaseOfWhoDidNot() {
        OneDevice device = new OneDevice(5, 2);
        device.hears(3, 5, 2, CHANGE);
        assertFalse(device.memberServing(), "the new voters may decide without this device");
        device.hears(3, 5, 2, VoterChangeMark.NONE);
        assertTrue(device.memberServing());
    }

    @Test
    void whoStoredItTooNeedsBothMajorities() {
        OneDevice device = prepared();
        device.hears(3, 5, 2, CHANGE);
        assertFalse(device.memberServing(), "device 2 has to report too");
        device.hears(2, 5, 2, CHANGE);
        assertTrue(device.memberServing());
    }

    @Test
    void whatWasStoredInAnOlderEpochRenewsTheLeaseOfWhoStoredANewerChange() {
        OneDevice device = prepared();
        device.hears(2, 5, 2, new VoterChangeMark(4, 9));
        assertTrue(device.memberServing());
        OneDevice other = prepared();
        other.hears(2, 5, 2, new VoterChangeMark(5, 2));
        assertFalse(other.memberServing());
    }

    @Test
    void itIsToldUntilAnotherMasterWasFollowedForTheLongestLease() {
        OneDevice device = prepared();
        assertEquals(CHANGE, device.status().voterChange());
        device.hearsMaster(3, 6);
        device.advance(100 * OneDevice.MS);
        assertEquals(CHANGE, device.status().voterChange());
        device.advance(200 * OneDevice.MS);
        assertEquals(VoterChangeMark.NONE, device.status().voterChange());
    }
}
