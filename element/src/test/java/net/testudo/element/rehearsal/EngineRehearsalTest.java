package net.testudo.element.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.Random;
import net.testudo.element.management.ElementSnapshot;
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

    @Test
    void largeConfigurationsAreTakenAndGivenUpAgain() {
        RehearsedCluster cluster = new RehearsedCluster(new Random(1)::nextBytes);
        cluster.form();
        ElementSnapshot before = Objects.requireNonNull(cluster.snapshot(1));
        cluster.reconfigure(3);
        ElementSnapshot after = Objects.requireNonNull(cluster.snapshot(1));
        assertEquals(before.revision() + 4, after.revision());
        assertEquals(before.content(), after.content());
    }
}
