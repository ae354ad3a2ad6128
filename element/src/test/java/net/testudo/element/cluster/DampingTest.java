package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.testudo.element.config.SuccessionConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ELE-10")
class DampingTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final SuccessionConfig.Damping RULES =
            new SuccessionConfig.Damping(60 * SECOND_NS, 2500, 1000, 120 * SECOND_NS);

    private final Damping damping = new Damping();

    @Test
    void thePenaltyHalvesWithEachHalfLife() {
        damping.penalise(RULES, 0);
        assertEquals(1000, damping.penalty(RULES, 0));
        assertEquals(750, damping.penalty(RULES, 30 * SECOND_NS));
        assertEquals(500, damping.penalty(RULES, 60 * SECOND_NS));
        assertEquals(250, damping.penalty(RULES, 120 * SECOND_NS));
        assertEquals(0, damping.penalty(RULES, 1_000_000 * SECOND_NS));
    }

    @Test
    void itHoldsPreemptionUpFromOneThresholdDownToTheOther() {
        damping.penalise(RULES, 0);
        damping.penalise(RULES, 0);
        assertFalse(damping.isSuppressed(RULES, 0));
        damping.penalise(RULES, SECOND_NS);
        assertTrue(damping.isSuppressed(RULES, SECOND_NS));
        assertTrue(damping.isSuppressed(RULES, 60 * SECOND_NS));
        assertFalse(damping.isSuppressed(RULES, 102 * SECOND_NS));
        assertFalse(damping.isSuppressed(RULES, 103 * SECOND_NS));
    }

    @Test
    void howLongItDoesIsBounded() {
        for (int i = 0; i < 100; i++) {
            damping.penalise(RULES, i);
        }
        assertEquals(4000, damping.penalty(RULES, 100));
        assertTrue(damping.isSuppressed(RULES, 119 * SECOND_NS));
        assertFalse(damping.isSuppressed(RULES, 121 * SECOND_NS));
    }

    @Test
    void itFallsAllTheTime() {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 1_000; run++) {
            Damping one = new Damping();
            SuccessionConfig.Damping rules =
                    new SuccessionConfig.Damping(random.nextLong(1, 600 * SECOND_NS), 2500, 1000, 3600 * SECOND_NS);
            one.penalise(rules, 0);
            one.penalise(rules, random.nextLong(SECOND_NS));
            long nowNs = SECOND_NS;
            int before = one.penalty(rules, nowNs);
            for (int i = 0; i < 50; i++) {
                nowNs += random.nextLong(1, 100 * SECOND_NS);
                int after = one.penalty(rules, nowNs);
                assertTrue(after <= before && after >= 0, "run " + run + ": " + before + " became " + after);
                before = after;
            }
        }
    }
}
