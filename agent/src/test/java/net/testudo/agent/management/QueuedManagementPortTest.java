package net.testudo.agent.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.testudo.agent.BareSnapshot;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Answer.Outcome;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.element.management.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueuedManagementPortTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicInteger wakeUps = new AtomicInteger();
    private final QueuedManagementPort port = new QueuedManagementPort(wakeUps::incrementAndGet);

    @AfterEach
    void close() {
        port.close();
    }

    @Test
    void aRequestReachesTheElementAndItsAnswerTheAgent() throws Exception {
        CompletableFuture<Answer> first = port.submit(id -> new Request.FormAlone(id, ""), LONG);
        CompletableFuture<Answer> second = port.submit(id -> new Request.Join(id, "A2"), LONG);
        assertEquals(2, wakeUps.get());
        Request formAlone = requested();
        Request join = requested();
        assertEquals(new Request.Join(join.requestId(), "A2"), join);
        port.answer(Answer.no(join.requestId(), Outcome.REFUSED, "not discovered"));
        port.answer(Answer.ok(formAlone.requestId(), 0));
        assertEquals(Outcome.OK, first.get(10, TimeUnit.SECONDS).outcome());
        assertEquals("not discovered", second.get(10, TimeUnit.SECONDS).message());
        assertNull(port.poll());
    }

    @Test
    void anAnswerThatNamesARevisionWaitsForTheSnapshotThatShowsIt() throws Exception {
        port.publish(snapshot(6));
        CompletableFuture<Answer> commit = port.submit(id -> new Request.Commit(id, "c", 6, Content.EMPTY), LONG);
        port.answer(Answer.ok(requested().requestId(), 7));
        assertFalse(commit.isDone());
        port.publish(snapshot(7));
        assertEquals(7, commit.get(10, TimeUnit.SECONDS).revision());
        assertEquals(7, port.snapshot().revision());
    }

    @Test
    void withoutAnAnswerTheOutcomeIsUnknownAndALateAnswerIsDropped() throws Exception {
        CompletableFuture<Answer> late = port.submit(id -> new Request.FormAlone(id, ""), Duration.ofMillis(20));
        assertEquals(Outcome.OUTCOME_UNKNOWN, late.get(10, TimeUnit.SECONDS).outcome());
        port.answer(Answer.ok(requested().requestId(), 0));
        CompletableFuture<Answer> next = port.submit(id -> new Request.FormAlone(id, ""), LONG);
        port.answer(Answer.ok(requested().requestId(), 0));
        assertEquals(Outcome.OK, next.get(10, TimeUnit.SECONDS).outcome());
    }

    @Test
    void tooManyRequestsAreRefused() throws Exception {
        for (int i = 0; i < QueuedManagementPort.REQUESTS_MAX; i++) {
            assertFalse(port.submit(id -> new Request.FormAlone(id, ""), LONG).isDone());
        }
        assertEquals(
                Outcome.REFUSED,
                port.submit(id -> new Request.FormAlone(id, ""), LONG)
                        .get(10, TimeUnit.SECONDS)
                        .outcome());
    }

    @Test
    void whoWaitsWhenItIsClosedLearnsThatTheOutcomeIsUnknown() throws Exception {
        CompletableFuture<Answer> waiting = port.submit(id -> new Request.FormAlone(id, ""), LONG);
        port.close();
        assertEquals(Outcome.OUTCOME_UNKNOWN, waiting.get(10, TimeUnit.SECONDS).outcome());
        assertEquals(
                Outcome.REFUSED,
                port.submit(id -> new Request.FormAlone(id, ""), LONG)
                        .get(10, TimeUnit.SECONDS)
                        .outcome());
    }

    @Test
    void listenersHearEventsInOrderAndTheNewestSnapshot() throws Exception {
        Recorder recorder = new Recorder();
        ElementClient.Subscription subscription = port.addListener(recorder);
        for (int i = 0; i < 100; i++) {
            port.notify(event(i));
        }
        for (int i = 0; i < 100; i++) {
            assertEquals("A1/1/" + i, recorder.take());
        }
        port.publish(snapshot(1));
        assertEquals("revision 1", recorder.take());
        subscription.close();
        port.notify(event(200));
        Recorder other = new Recorder();
        port.addListener(other);
        port.notify(event(201));
        other.takeUntil("A1/1/201");
        assertTrue(recorder.heard.isEmpty());
    }

    @Test
    void aListenerThatComesLateHearsTheNewestEvents() throws Exception {
        Recorder early = new Recorder();
        port.addListener(early);
        int reported = QueuedManagementPort.RECENT_MAX + 10;
        for (int i = 0; i < reported; i++) {
            port.notify(event(i));
        }
        early.takeUntil("A1/1/" + (reported - 1));
        Recorder late = new Recorder();
        port.addListener(late);
        port.notify(event(reported));
        for (int i = 10; i <= reported; i++) {
            assertEquals("A1/1/" + i, late.take());
        }
    }

    @Test
    void aListenerThatComesLateHearsTheNewestState() throws Exception {
        Recorder early = new Recorder();
        port.addListener(early);
        port.publish(snapshot(1));
        assertEquals("revision 1", early.take());
        Recorder late = new Recorder();
        port.addListener(late);
        assertEquals("revision 1", late.take());
    }

    @Test
    void aListenerThatFailsOrBlocksHoldsUpNobodyElse() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        port.addListener(event -> {
            if (goOn.getCount() > 0) {
                awaitQuietly(goOn);
                throw new IllegalStateException("a listener that fails");
            }
        });
        Recorder recorder = new Recorder();
        port.addListener(recorder);
        for (int i = 0; i < QueuedManagementPort.EVENTS_MAX + 10; i++) {
            port.notify(event(i)); // never waits
        }
        assertTrue(port.eventsLost() >= 9, "the queue is bounded, and what is lost is counted");
        goOn.countDown();
        assertEquals("A1/1/0", recorder.take());
    }

    @Test
    void thereIsNoStateBeforeTheElementPublishedOne() {
        assertThrows(IllegalStateException.class, port::snapshot);
    }

    private Request requested() {
        Request request = port.poll();
        if (request == null) {
            throw new AssertionError("no request waits");
        }
        return request;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static ElementEvent event(int number) {
        return new ElementEvent(
                "A1/1/" + number, ElementEvent.Kind.MEMBER_UP, 1, "A1", 1, Reason.NONE, "test", Map.of());
    }

    private static ElementSnapshot snapshot(long revision) {
        return BareSnapshot.of(Role.MASTER, revision);
    }

    private static final class Recorder implements ElementClient.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public void onEvent(ElementEvent event) {
            heard.add(event.id());
        }

        @Override
        public void onSnapshot(ElementSnapshot snapshot) {
            heard.add("revision " + snapshot.revision());
        }

        String take() throws InterruptedException {
            String next = heard.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing was heard");
            }
            return next;
        }

        void takeUntil(String wanted) throws InterruptedException {
            while (!take().equals(wanted)) {
                // others were heard before
            }
        }
    }
}
