package net.testudo.element.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EngineRehearsalTest {
    @Test
    void flowsAreCarriedBeforeAndAfterTheMasterIsGone() {
        long all = EngineRehearsal.run(new Random(1)::nextBytes, 400);
        assertTrue(all > 4 * 400 * 8 / 10, "of 1600 datagrams " + all + " came back");
    }

    @Test
    void theSameSeedRehearsesTheSame() {
        assertEquals(
                EngineRehearsal.run(new Random(7)::nextBytes, 100), EngineRehearsal.run(new Random(7)::nextBytes, 100));
    }
}
