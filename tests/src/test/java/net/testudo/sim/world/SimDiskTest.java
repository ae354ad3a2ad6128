package net.testudo.sim.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.testudo.element.port.StateStore;
import org.junit.jupiter.api.Test;

class SimDiskTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final EventQueue queue = new EventQueue();
    private final List<String> reports = new ArrayList<>();
    private int wakes;
    private final SimDisk disk = new SimDisk(queue, new SplittableRandom(7), () -> wakes++);

    @Test
    void imageIsDurableOnlyAfterItsReport() {
        disk.persist(1, new byte[] {1});
        assertNull(disk.image());
        run();
        assertArrayEquals(new byte[] {1}, disk.image());
        assertEquals(List.of("persisted 1"), reports);
        assertEquals(1, wakes);
    }

    @Test
    void waitingImagesAreReplacedByTheNewest() {
        for (byte ticket = 1; ticket <= 4; ticket++) {
            disk.persist(ticket, new byte[] {ticket});
        }
        run();
        assertEquals(List.of("persisted 1", "persisted 4"), reports);
        assertArrayEquals(new byte[] {4}, disk.image());
    }

    @Test
    void crashLosesWhatWaitsAndLeavesTheOldOrTheNewImage() {
        boolean oldSurvived = false;
        boolean newSurvived = false;
        for (int i = 0; i < 50; i++) {
            disk.replaceImage(new byte[] {0});
            disk.persist(1, new byte[] {1});
            disk.persist(2, new byte[] {2});
            disk.crash();
            run();
            byte[] image = disk.image();
            assertNotNull(image);
            assertTrue(image[0] == 0 || image[0] == 1, "never what only waited");
            oldSurvived |= image[0] == 0;
            newSurvived |= image[0] == 1;
        }
        assertTrue(oldSurvived && newSurvived, "both happen");
        assertEquals(List.of(), reports);
    }

    @Test
    void fullDiskReportsFailureAndKeepsTheOldImage() {
        disk.persist(1, new byte[] {1});
        run();
        disk.setFull(true);
        disk.persist(2, new byte[] {2});
        run();
        assertEquals(List.of("persisted 1", "failed 2"), reports);
        assertArrayEquals(new byte[] {1}, disk.image());
        disk.setFull(false);
        disk.persist(3, new byte[] {3});
        run();
        assertArrayEquals(new byte[] {3}, disk.image());
    }

    @Test
    void laterChangesOfTheCallersArrayDoNotReachTheDisk() {
        byte[] image = {1};
        disk.persist(1, image);
        image[0] = 9;
        run();
        assertArrayEquals(new byte[] {1}, disk.image());
    }

    private void run() {
        queue.runUntil(queue.nowNs() + SECOND_NS);
        disk.poll(new StateStore.Completion() {
            @Override
            public void onPersisted(long ticket) {
                reports.add("persisted " + ticket);
            }

            @Override
            public void onFailed(long ticket, String reason) {
                reports.add("failed " + ticket);
            }
        });
    }
}
