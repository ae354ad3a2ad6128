package net.testudo.sim.fault;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import net.testudo.sim.fault.SpareVoters.Look;
import org.junit.jupiter.api.Test;

class SpareVotersTest {
    private static final Set<String> THREE = Set.of("S1", "S2", "S3");
    private static final Set<String> FIVE = Set.of("S1", "S2", "S3", "S4", "S5");

    @Test
    void oneOfThreeMayBeLostAndTwoOfFive() {
        SpareVoters spare = new SpareVoters();
        assertTrue(spare.canSpare("S1", look(4, THREE), look(5, THREE)));
        spare.lost("S1");
        assertFalse(spare.canSpare("S2", look(4, THREE), look(5, THREE)));
        assertTrue(spare.canSpare("S2", look(4, FIVE), look(5, FIVE)));
        spare.lost("S2");
        assertFalse(spare.canSpare("S3", look(4, FIVE), look(5, FIVE)));
    }

    @Test
    void noneOfAPairMayBeLostAndWhoHasNoVoteMay() {
        SpareVoters spare = new SpareVoters();
        Set<String> pair = Set.of("S1", "S2");
        assertFalse(spare.canSpare("S1", look(4, pair), look(5, pair)));
        assertTrue(spare.canSpare("S3", look(4, pair), look(5, pair)));
    }

    @Test
    void whatMayBeUnderWayIsWaitedFor() {
        SpareVoters spare = new SpareVoters();
        assertFalse(spare.canSpare("S1", null, look(5, THREE)));
        assertFalse(spare.canSpare("S1", look(5, THREE), null));
        assertFalse(spare.canSpare("S1", look(5, THREE), look(5, THREE)));
        assertFalse(spare.canSpare("S1", look(4, FIVE), look(5, THREE)));
        assertFalse(spare.canSpare("S1", new Look("another", 4, THREE), look(5, THREE)));
    }

    private static Look look(long revision, Set<String> voters) {
        return new Look("cluster", revision, voters);
    }
}
