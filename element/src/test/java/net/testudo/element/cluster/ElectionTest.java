package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.Vote;
import net.testudo.element.wire.cluster.ControlMessage.VoteRequest;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.Revision;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ElectionTest {
    private static final long BEFORE_HOLD_ENDS_NS = 249 * OneDevice.MS;
    private static final long HOLD_NS = 300 * OneDevice.MS;

    @Tag("ELE-08")
    @Test
    void candidateWinsWithItsOwnAndOneMoreVote() {
        OneDevice device = candidate();
        device.receives(2, vote(6, false));
        assertEquals(0, device.master(), "its own vote is not on disk");
        device.stores();
        assertEquals(1, device.master());
    }

    @Test
    void candidateThatPromisedAHigherEpochDoesNotWinItsOwn() {
        OneDevice device = candidate();
        device.receives(2, vote(6, false));
        device.receives(3, new VoteRequest(7, false, 1));
        device.stores();
        assertEquals(7, device.sent(3, Vote.class).epoch());
        assertEquals(0, device.master());
    }

    @Test
    void promiseDoesNotHoldForACandidateThatForgotIt() {
        OneDevice device = new OneDevice(5, 2);
        device.hears(2, 4);
        device.hears(3, 4);
        device.advance(HOLD_NS);
        device.hears(2, 4);
        device.receives(3, new VoteRequest(6, false, 1));
        device.stores();
        assertEquals(6, device.sent(3, Vote.class).epoch());
    }

    @Test
    void promiseCountsLikeHearingTheCandidate() {
        OneDevice device = candidate();
        device.receives(3, new VoteRequest(7, false, 1));
        device.hears(2, 4);
        device.receives(2, new VoteRequest(8, false, 1));
        device.stores();
        assertEquals(7, device.sent(3, Vote.class).epoch());
        device.advance(10 * OneDevice.MS);
        assertEquals(7, device.status().promisedEpoch(), "the promise counts like hearing the candidate");
    }

    /// Device 1, which asks for votes for epoch 6.
    private static OneDevice candidate() {
        OneDevice device = new OneDevice(5, 0);
        device.hears(2, 5);
        device.hears(3, 5);
        device.advance(BEFORE_HOLD_ENDS_NS);
        device.hears(2, 5);
        device.hears(3, 5);
        device.advance(2 * OneDevice.MS);
        assertTrue(device.sent(2, VoteRequest.class).preliminary());
        device.receives(2, vote(6, true));
        device.advance(OneDevice.MS);
        VoteRequest request = device.sent(2, VoteRequest.class);
        assertFalse(request.preliminary());
        assertEquals(6, request.epoch());
        return device;
    }

    private static Vote vote(long epoch, boolean preliminary) {
        Revision first = OneDevice.revision(1, Digest.ZERO);
        return new Vote(epoch, preliminary, preliminary ? null : first.header(), null, null, DeviceSet.NONE);
    }
}
