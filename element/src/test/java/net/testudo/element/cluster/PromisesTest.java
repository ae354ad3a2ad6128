package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.testudo.element.wire.cluster.ControlMessage.Vote;
import net.testudo.element.wire.cluster.ControlMessage.VoteRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whom a voter promises nothing. No faults are needed to see that it does, only the moment.
@Tag("ELE-08")
class PromisesTest {
    private static final long HOLD_NS = 260 * OneDevice.MS;
    private static final long SILENCE_NS = Timing.deadNs(Timing.REAL_TIME.leaseNs()) + 2 * OneDevice.MS;

    @Test
    void deviceThatJustStartedPromisesNothing() {
        OneDevice device = new OneDevice(5, 0);
        device.hears(3, 5);
        assertFalse(promises(device, 3, 6), "it may have reported just before its restart");
        device.advance(HOLD_NS);
        device.hears(3, 5);
        assertTrue(promises(device, 3, 6));
    }

    @Test
    void promiseToOneIsNoneToAnotherWithinTheDeadTime() {
        OneDevice device = new OneDevice(5, 0);
        device.advance(HOLD_NS);
        device.hears(2, 5);
        device.hears(3, 5);
        assertTrue(promises(device, 3, 6));
        assertFalse(promises(device, 2, 7));
        device.advance(SILENCE_NS);
        assertTrue(promises(device, 2, 7));
    }

    /// The candidate that this device promised something fell silent, the master that it follows did not.
    @Test
    void whoHearsItsMasterPromisesNothing() {
        OneDevice device = new OneDevice(5, 2);
        device.hears(3, 5);
        device.advance(HOLD_NS);
        device.hearsMaster(2, 5);
        device.advance(SILENCE_NS);
        device.hears(3, 5);
        assertTrue(promises(device, 3, 6), "the master is silent");
        device.advance(SILENCE_NS);
        device.hearsMaster(2, 5);
        assertFalse(promises(device, 3, 7), "the master is heard again");
        device.advance(SILENCE_NS);
        assertTrue(promises(device, 3, 7));
    }

    @Test
    void promiseThatIsAskedForAgainIsWrittenOnce() {
        OneDevice device = new OneDevice(5, 0);
        device.advance(HOLD_NS);
        device.hears(3, 5);
        device.receives(3, new VoteRequest(6, false, 1));
        long writes = device.writes();
        device.receives(3, new VoteRequest(6, false, 1));
        assertEquals(writes, device.writes());
        device.stores();
        assertTrue(device.hasSent(3, Vote.class));
        assertTrue(promises(device, 3, 6), "the vote may have been lost");
    }

    @Test
    void promiseThatCouldNotBeWrittenIsWrittenWhenItIsAskedForAgain() {
        OneDevice device = new OneDevice(5, 0);
        device.advance(HOLD_NS);
        device.hears(3, 5);
        device.receives(3, new VoteRequest(6, false, 1));
        device.failsToStore();
        assertFalse(device.hasSent(3, Vote.class));
        assertTrue(promises(device, 3, 6));
    }

    private static boolean promises(OneDevice device, int candidate, long epoch) {
        device.receives(candidate, new VoteRequest(epoch, false, 1));
        device.stores();
        return device.hasSent(candidate, Vote.class);
    }
}
