package net.testudo.element.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    @Test
    void acceptsExactlyWhatIsNewAndNotTooOld() {
        for (long seed = 1; seed <= 20; seed++) {
            var random = new SplittableRandom(seed);
            var window = new ReplayWindow(0);
            Set<Long> seen = new HashSet<>();
            long newest = 0;
            for (int round = 0; round < 20_000; round++) {
                long reach = random.nextInt(50) == 0 ? 3L * ReplayWindow.NUMBERS : 100;
                long number = newest + random.nextLong(-ReplayWindow.NUMBERS - 200, reach);
                FrameFate fate = window.check(number);
                if (number <= 0 || newest - number >= ReplayWindow.NUMBERS) {
                    assertEquals(FrameFate.LATE, fate);
                } else {
                    assertEquals(seen.contains(number) ? FrameFate.REPLAYED : FrameFate.OK, fate, "seed " + seed);
                }
                if (fate == FrameFate.OK && random.nextInt(4) != 0) {
                    window.accept(number);
                    seen.add(number);
                    newest = Math.max(newest, number);
                }
            }
        }
    }

    @Test
    void whatIsNotAboveTheFloorIsLate() {
        var window = new ReplayWindow(1000);
        assertEquals(FrameFate.LATE, window.check(1));
        assertEquals(FrameFate.LATE, window.check(1000));
        assertEquals(FrameFate.OK, window.check(1001));
    }

    @Test
    void isWideEnoughForBulk() {
        assertTrue(ReplayWindow.NUMBERS >= 4096);
    }
}
