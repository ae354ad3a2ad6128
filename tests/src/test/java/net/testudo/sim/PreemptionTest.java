package net.testudo.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimPort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Health that goes up and down at random moves the role no more often than damping allows.
@Tag("ELE-10")
class PreemptionTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int SECONDS = 240;
    /// From 2500 the penalty takes 84 s to fall to 1000, and then two changes of master bring it above 2500 again.
    private static final int CHANGES_MAX = 3 + 2 * (SECONDS / 84 + 1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void dampingBoundsHowOftenTheRoleMoves(long seed) {
        long damped = changes(seed, 2_500);
        long undamped = changes(seed, 20_000);
        assertTrue(damped >= 2 && damped <= CHANGES_MAX, damped + " changes of master");
        assertTrue(undamped > CHANGES_MAX, "only " + undamped + " changes without damping: this shows nothing");
    }

    private static long changes(long seed, int suppress) {
        Scene scene = new Scene("both", "both", false, true, List.of("S1", "S2", "S3"));
        scene.start();
        scene.form();
        String path = "testudo-election:election/preemption/";
        String answer = scene.commit(
                1,
                List.of(
                        path + "enabled:true",
                        path + "hold-time:1",
                        path + "damping/half-life:60",
                        path + "damping/suppress:" + suppress,
                        path + "damping/reuse:1000"));
        assertTrue(answer.startsWith("1 answers ok"), answer);
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> masters = new ArrayList<>();
        masters.add(scene.master());
        for (int i = 0; i < SECONDS * 2; i++) {
            SimDevice device = scene.world().device(random.nextInt(3) + 1);
            SimPort port = device.dataPorts().getFirst();
            port.network().links().setCarrier(port.attachment(), random.nextInt(3) == 0);
            scene.advance(SECOND_NS / 2);
            int master = scene.master();
            if (master != 0 && master != masters.getLast()) {
                masters.add(master);
            }
        }
        ElementSnapshot snapshot = scene.world().device(scene.master()).snapshot();
        assertEquals(
                masters.getLast(),
                snapshot == null ? 0 : snapshot.lastSwitchover().to());
        return masters.size() - 1L;
    }
}
