package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.cluster.ClusterState.Continuation;
import org.junit.jupiter.api.Test;

/// What may be said when, while writes are under way.
class PendingWritesTest {
    private static final long MS = 1_000_000L;
    private static final DurableState AT_START = DurableState.unconfigured(1);

    private final PendingWrites writes = new PendingWrites(AT_START);
    private final Effects effects = new Effects();
    private final List<String> said = new ArrayList<>();

    private DurableState begin(int epoch) {
        DurableState next = AT_START.withPromise(epoch, 1);
        Continuation continuation = new Continuation() {
            @Override
            public void run(long nowNs, Effects out) {
                said.add("epoch " + epoch);
            }

            @Override
            public void failed(String reason, long nowNs, Effects out) {
                said.add("not epoch " + epoch + ": " + reason);
            }
        };
        writes.begin(next, continuation, effects);
        return next;
    }

    @Test
    void nothingIsSaidBeforeItIsOnDiskAndThenAllInOrder() {
        begin(1);
        DurableState second = begin(2);
        begin(3);
        writes.goOn(0, effects);
        assertEquals(List.of(), said);
        assertEquals(AT_START, writes.stored());
        writes.onPersisted(2);
        writes.goOn(0, effects);
        assertEquals(List.of("epoch 1", "epoch 2"), said, "the newer of two images holds the older");
        assertEquals(second, writes.stored());
    }

    @Test
    void whatWaitedForAWriteThatFailedIsNeverSaid() {
        begin(1);
        begin(2);
        begin(3);
        writes.onFailed(2, "disk full", 0, effects);
        assertEquals("disk full", writes.fault());
        assertEquals(List.of("not epoch 1: disk full", "not epoch 2: disk full"), said);
        writes.onPersisted(3);
        writes.goOn(0, effects);
        assertEquals("epoch 3", said.getLast());
        assertNull(writes.fault());
    }

    @Test
    void aFailedWriteIsTriedAgainAtIntervals() {
        begin(1);
        assertFalse(writes.retryDue(1_000 * MS), "nothing failed");
        writes.onFailed(1, "disk full", 0, effects);
        assertFalse(writes.retryDue(200 * MS));
        assertTrue(writes.retryDue(201 * MS));
        assertFalse(writes.retryDue(202 * MS), "just now");
        assertTrue(writes.retryDue(402 * MS));
    }

    @Test
    void aWriteCountsFromTheOneThatBeganAfterTheQuestion() {
        begin(1);
        long next = writes.nextTicket();
        writes.onPersisted(1);
        assertFalse(writes.persistedSince(next));
        begin(2);
        writes.onPersisted(2);
        assertTrue(writes.persistedSince(next));
    }
}
