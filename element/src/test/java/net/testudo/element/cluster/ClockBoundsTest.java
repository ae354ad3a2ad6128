package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.testudo.element.cluster.ClockBounds.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("FRM-13")
class ClockBoundsTest {
    private static final long MS = 1_000_000;

    @Test
    void ofASymmetricExchangeTheMiddleIsTheDifference() {
        ClockBounds bounds = ClockBounds.of(new Exchange(0, 501, 502, 3));
        assertEquals(500, bounds.offsetNs());
        assertTrue(bounds.uncertaintyNs() <= 3, bounds.toString());
    }

    @Test
    void theFasterExchangeCounts() {
        ClockBounds slow = ClockBounds.of(new Exchange(0, 509 * MS, 510 * MS, 11 * MS));
        ClockBounds fast = ClockBounds.of(new Exchange(12 * MS, 513 * MS, 513 * MS, 14 * MS));
        assertTrue(fast.and(slow).uncertaintyNs() < slow.uncertaintyNs());
        ClockBounds later = ClockBounds.of(new Exchange(15 * MS, 524 * MS, 525 * MS, 26 * MS));
        assertTrue(later.and(fast).uncertaintyNs() < later.uncertaintyNs() / 2);
    }

    @Test
    void whatIsKnownGetsWorseByTwoClocksOfOnePercent() {
        ClockBounds bounds = new ClockBounds(0, 10, 0);
        assertEquals(bounds.uncertaintyNs() + 21 * MS + 1, bounds.at(1_000 * MS).uncertaintyNs());
    }

    @Test
    void aClockThatJumpedIsMeasuredAnew() {
        ClockBounds before = new ClockBounds(0, 10, 0);
        ClockBounds jumped = new ClockBounds(5_000, 5_010, 0);
        assertEquals(jumped, jumped.and(before));
    }

    @Test
    void timesThatCannotBeTrueAreNotSound() {
        assertTrue(new Exchange(0, 5, 5, 0).isSound());
        assertFalse(new Exchange(1, 5, 5, 0).isSound());
        assertFalse(new Exchange(0, 6, 5, 1).isSound());
    }

    /// Delays of any length in both directions, clocks that run 1 % apart from the true time in either direction.
    @Test
    void theTrueDifferenceIsNeverOutside() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double own = 0.99 + 0.02 * random.nextDouble();
            double peer = 0.99 + 0.02 * random.nextDouble();
            long offset = random.nextLong(-1_000_000 * MS, 1_000_000 * MS);
            ClockBounds known = null;
            long nowNs = 0;
            for (int i = 0; i < 100; i++) {
                long sent = nowNs + random.nextLong(5 * MS);
                long peerHeard = sent + delay(random);
                long peerSent = peerHeard + random.nextLong(5 * MS);
                long heard = peerSent + delay(random);
                nowNs = heard;
                Exchange exchange = new Exchange(
                        (long) (sent * own),
                        (long) (peerHeard * peer) + offset,
                        (long) (peerSent * peer) + offset,
                        (long) (heard * own));
                known = ClockBounds.of(exchange).and(known);
                long trueNs = (long) (heard * peer) + offset - (long) (heard * own);
                assertTrue(
                        Math.abs(trueNs - known.offsetNs()) <= known.uncertaintyNs() + 2,
                        "seed " + seed + ": " + known + ", true " + trueNs);
            }
        }
    }

    private static long delay(SplittableRandom random) {
        return random.nextInt(10) == 0 ? random.nextLong(50 * MS) : random.nextLong(200_000);
    }
}
