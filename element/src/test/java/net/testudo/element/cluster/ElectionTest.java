package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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
    /// Longer than a candidate waits where nothing happens.
    private static final int LONG_MS = 100;

    private static final int COMMIT_TIMEOUT_MS = 2_010;

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

    @Test
    void candidateGivesUpIfNobodyPromises() {
        OneDevice device = candidate();
        hearsBoth(device, 5, LONG_MS);
        assertTrue(device.status().claim() != 6);
    }

    @Test
    void candidateWaitsWhileAMajorityStores() {
        OneDevice device = candidate();
        hearsBoth(device, 6, LONG_MS);
        assertEquals(6, device.status().claim());
        device.receives(3, vote(6, false));
        device.stores();
        assertEquals(1, device.master());
    }

    @Test
    void candidateDoesNotWaitForEver() {
        OneDevice device = candidate();
        hearsBoth(device, 6, COMMIT_TIMEOUT_MS);
        assertTrue(device.status().claim() != 6);
    }

    @Test
    void candidateWaitsAsLongAgainForItsOwnWrite() {
        OneDevice device = candidate();
        hearsBoth(device, 6, LONG_MS);
        device.receives(2, vote(6, false));
        device.receives(3, vote(6, false));
        hearsBoth(device, 6, LONG_MS);
        assertEquals(6, device.status().claim());
        hearsBoth(device, 6, LONG_MS);
        assertTrue(device.status().claim() != 6, "others may have better disks");
    }

    @Test
    void candidateWithoutRoomOnItsDiskGivesUp() {
        OneDevice device = candidate();
        device.failsToStore();
        device.advance(6 * OneDevice.MS);
        assertEquals(0, device.status().claim());
        assertEquals(6, device.status().releasedEpoch());
    }

    @Test
    void candidateEncouragesNobodyToOvertakeIt() {
        OneDevice device = candidate();
        device.receives(3, new VoteRequest(7, true, 1));
        assertFalse(device.hasSent(3, Vote.class));
    }

    @Test
    void candidateThatIsOutrunIsNoneAnyMore() {
        OneDevice device = candidate();
        device.receives(3, new VoteRequest(7, false, 1));
        device.advance(6 * OneDevice.MS);
        assertEquals(7, device.status().promisedEpoch());
        assertEquals(0, device.status().claim());
    }

    @Test
    void ofTwoCandidatesOfOneEpochTheLowerNumberGoesAbove() {
        OneDevice device = candidate();
        device.hearsCandidate(2, 6);
        device.advance(OneDevice.MS);
        VoteRequest request = device.sent(2, VoteRequest.class);
        assertFalse(request.preliminary());
        assertEquals(7, request.epoch());
        device.hearsCandidate(2, 6);
        device.advance(6 * OneDevice.MS);
        assertEquals(7, device.status().claim(), "once is enough");
    }

    /// For so many milliseconds both others say that they promised `promisedEpoch`.
    private static void hearsBoth(OneDevice device, long promisedEpoch, int durationMs) {
        for (int ms = 0; ms < durationMs; ms++) {
            device.hears(2, promisedEpoch);
            device.hears(3, promisedEpoch);
            device.advance(OneDevice.MS);
        }
    }

    /// Device 1, which asks for votes for epoch 6.
    static OneDevice candidate() {
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

    static Vote vote(long epoch, boolean preliminary) {
        Revision first = OneDevice.revision(1, Digest.ZERO);
        return new Vote(epoch, preliminary, preliminary ? null : first.header(), null, null, DeviceSet.NONE, List.of());
    }
}
