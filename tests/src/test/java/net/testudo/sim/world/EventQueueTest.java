package net.testudo.sim.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private record Entry(long atNs, int number) {}

    @Test
    void whatIsDueFirstRunsFirstAndEqualTimesKeepTheirOrder() {
        SplittableRandom random = new SplittableRandom(1);
        EventQueue queue = new EventQueue();
        List<Entry> added = new ArrayList<>();
        List<Entry> ran = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            Entry entry = new Entry(random.nextLong(500), i);
            added.add(entry);
            queue.at(entry.atNs, () -> {
                assertEquals(entry.atNs, queue.nowNs());
                ran.add(entry);
            });
        }
        queue.runUntil(250);
        assertEquals(added.stream().filter(entry -> entry.atNs <= 250).count(), ran.size());
        queue.runUntil(1_000);
        added.sort(Comparator.comparingLong(Entry::atNs));
        assertEquals(added, ran);
        assertEquals(5_000, queue.done());
        assertEquals(1_000, queue.nowNs());
    }

    @Test
    void whatWasDueBeforeRunsNowAndWhatIsAddedMeanwhileRunsToo() {
        EventQueue queue = new EventQueue();
        List<Long> ran = new ArrayList<>();
        queue.at(10, () -> {
            queue.at(3, () -> ran.add(queue.nowNs()));
            queue.after(5, () -> ran.add(queue.nowNs()));
            queue.after(11, () -> ran.add(queue.nowNs()));
        });
        queue.runUntil(20);
        assertEquals(List.of(10L, 15L), ran);
    }
}
