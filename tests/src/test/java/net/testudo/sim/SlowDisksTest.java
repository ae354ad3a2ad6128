package net.testudo.sim;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.sim.world.SimDevice;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// However long disks take for a promise: an election takes few epochs, and little more than one round of writes.
@Tag("ELE-08")
class SlowDisksTest {
    private static final long MS = 1_000_000L;
    private static final int TIMES = 6;
    /// A device promises nothing before, after its start.
    private static final long START_HOLD_NS = 250 * MS;
    private static final int EPOCHS_MAX = 3;
    /// What passes before anybody stands, and on the way of messages.
    private static final long BESIDE_WRITES_NS = 120 * MS;
    /// One may be under way when the vote is asked for, and each may take half as long again.
    private static final int WRITES_MAX = 4;

    @ParameterizedTest(name = "{0} devices, {1} ms")
    @CsvSource({"3, 10", "3, 60", "3, 120", "5, 60", "5, 120"})
    void electionsTakeFewEpochs(int devices, long writeMs) {
        Scene scene = new Scene(
                "both",
                "both",
                false,
                true,
                IntStream.rangeClosed(1, devices).mapToObj(i -> "S" + i).toList());
        scene.start();
        scene.form();
        for (int i = 0; i < TIMES; i++) {
            SimDevice dead = scene.world().device(scene.master());
            long before = epoch(dead);
            setWriteNs(scene, writeMs * MS);
            dead.crash();
            long tookNs = untilSomebodyLeads(scene);
            long epochs = epoch(scene.world().device(scene.master())) - before;
            String what = "master " + dead.number() + " died: " + epochs + " epochs, " + tookNs / MS + " ms";
            assertTrue(epochs <= EPOCHS_MAX, what);
            assertTrue(tookNs <= BESIDE_WRITES_NS + WRITES_MAX * writeMs * MS, what);
            setWriteNs(scene, 0);
            dead.start();
            while (Convergence.missing(scene.world()) != null) {
                scene.advance(100 * MS);
            }
            scene.advance(START_HOLD_NS);
        }
    }

    private static void setWriteNs(Scene scene, long durationNs) {
        scene.world().devices().forEach(device -> device.disk().setWriteNs(durationNs));
    }

    private static long untilSomebodyLeads(Scene scene) {
        long sinceNs = scene.world().queue().nowNs();
        while (scene.master() == 0) {
            scene.advance(MS);
            assertTrue(scene.world().queue().nowNs() - sinceNs < 10_000 * MS, "nobody leads after 10 s");
        }
        return scene.world().queue().nowNs() - sinceNs;
    }

    private static long epoch(SimDevice device) {
        ElementSnapshot snapshot = device.snapshot();
        assertNotNull(snapshot);
        return snapshot.epoch();
    }
}
