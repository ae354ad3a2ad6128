package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.Silence;
import net.testudo.element.wire.cluster.ControlMessage.Suspend;
import net.testudo.element.wire.cluster.ControlMessage.Vote;
import net.testudo.element.wire.cluster.ControlMessage.VoteRequest;
import net.testudo.element.wire.cluster.Digest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The suspension of a master that is not heard any more goes with the promise to another one.
@Tag("FOO-03")
class SuspendedByVoteTest {
    private static final int OLD_MASTER = 2;
    private static final int OTHER = 3;
    private static final int HOLD_MS = 300;
    private static final int DEAD_MS = 101;
    private static final long DEAD_NS = Timing.deadNs(Timing.REAL_TIME.leaseNs());

    /// Follows the master of epoch 5 and hears both others.
    private static OneDevice follower() {
        OneDevice device = new OneDevice(5, OLD_MASTER);
        for (int ms = 0; ms < HOLD_MS; ms++) {
            device.hearsMaster(OLD_MASTER, 5);
            device.hears(OTHER, 5, OLD_MASTER, 1);
            device.advance(OneDevice.MS);
        }
        return device;
    }

    private static void silence(OneDevice device, int ms) {
        for (int i = 0; i < ms; i++) {
            device.hears(OTHER, 5, OLD_MASTER, 1);
            device.advance(OneDevice.MS);
        }
    }

    @Test
    void aVoterStoresItWithItsPromiseAndSaysHowLongItWasSilent() {
        OneDevice voter = follower();
        silence(voter, DEAD_MS);
        voter.receives(OTHER, new VoteRequest(6, false, 1));
        long writes = voter.writes();
        voter.stores();
        Vote vote = voter.sent(OTHER, Vote.class);
        assertEquals(DeviceSet.of(OLD_MASTER), vote.suspended());
        assertEquals(OLD_MASTER, vote.silences().getFirst().device());
        assertTrue(vote.silences().getFirst().silentNs() >= DEAD_NS);
        assertEquals(writes, voter.writes(), "one write for both");
        voter.advance(10 * OneDevice.MS);
        assertEquals(DeviceSet.of(OLD_MASTER), voter.status().suspended());
    }

    @Test
    void anOrderOfTheNewMasterIsNewer() {
        OneDevice voter = follower();
        silence(voter, DEAD_MS);
        voter.receives(OTHER, new VoteRequest(6, false, 1));
        voter.stores();
        voter.receives(OTHER, new Suspend(6, 1, DeviceSet.NONE));
        voter.stores();
        voter.advance(10 * OneDevice.MS);
        assertEquals(DeviceSet.NONE, voter.status().suspended());
    }

    private static OneDevice winner(List<Silence> silences) {
        return winner(DeviceSet.of(OLD_MASTER), silences);
    }

    private static OneDevice winner(DeviceSet suspended, List<Silence> silences) {
        OneDevice device = follower();
        for (int ms = 0; !device.hasSent(OTHER, VoteRequest.class); ms++) {
            assertTrue(ms < 2 * DEAD_MS, "it stands");
            silence(device, 1);
        }
        device.receives(OTHER, ElectionTest.vote(6, true));
        device.advance(OneDevice.MS);
        var header = OneDevice.revision(1, Digest.ZERO).header();
        device.receives(OTHER, new Vote(6, false, header, null, null, suspended, silences));
        device.stores();
        assertEquals(1, device.master());
        return device;
    }

    @Test
    void whoseVoteSaysItIsNotAskedForItAgain() {
        OneDevice winner = winner(List.of(new Silence(OLD_MASTER, DEAD_NS)));
        assertFalse(winner.hasSent(OTHER, Suspend.class));
    }

    @Test
    void whoseVoteDoesNotSayHowLongIsAsked() {
        OneDevice winner = winner(List.of());
        assertEquals(DeviceSet.of(OLD_MASTER), winner.sent(OTHER, Suspend.class).devices());
    }

    /// Found by the simulator: a voter that promised this device nothing before had suspended it with its promise to
    /// another one, and reported it never again.
    @Test
    void whoseVoteSuspendsAnotherOneIsAskedToo() {
        OneDevice winner = winner(
                DeviceSet.of(1).with(OLD_MASTER), List.of(new Silence(1, DEAD_NS), new Silence(OLD_MASTER, DEAD_NS)));
        assertEquals(DeviceSet.of(OLD_MASTER), winner.sent(OTHER, Suspend.class).devices());
    }

    @Test
    void theFlowsOfTheOldMasterMoveWithTheFirstReport() {
        OneDevice winner = winner(List.of(new Silence(OLD_MASTER, DEAD_NS)));
        winner.hears(OTHER, 6, 1, 1);
        winner.advance(OneDevice.MS);
        assertEquals(DeviceSet.of(OLD_MASTER), winner.released());
    }

    @Test
    void theyWaitForItsLeaseWhereTheVoterHeardItLater() {
        OneDevice winner = winner(List.of(new Silence(OLD_MASTER, 0)));
        winner.hears(OTHER, 6, 1, 1);
        winner.advance(OneDevice.MS);
        assertEquals(DeviceSet.NONE, winner.released());
        for (int ms = 0; ms < DEAD_MS; ms++) {
            winner.hears(OTHER, 6, 1, 1);
            winner.advance(OneDevice.MS);
        }
        assertEquals(DeviceSet.of(OLD_MASTER), winner.released());
    }
}
