package net.testudo.agent.management;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.Answer;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.element.port.ManagementPort;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The element's [ManagementPort] and the agent's [ElementClient] over two bounded queues, in each of the two
/// processes: beside the element, and beside the servers, where the socket takes the element's place. The element's
/// side takes no lock, so that an agent's thread never holds up the duty cycle.
public final class QueuedManagementPort implements ManagementPort, ElementClient, AutoCloseable {
    /// Requests that wait or are being worked on.
    static final int REQUESTS_MAX = 64;
    /// Events that wait for delivery.
    static final int EVENTS_MAX = 1024;

    /// Events that a new listener is told of: the servers start seconds after the element, which may have taken over
    /// meanwhile.
    static final int RECENT_MAX = 64;

    /// How long an answer waits for the snapshot that shows its revision.
    private static final long ANSWER_HOLD_NS = Duration.ofSeconds(1).toNanos();

    private static final long WAIT_NS = Duration.ofMillis(100).toNanos();
    private static final Logger LOG = LoggerFactory.getLogger(QueuedManagementPort.class);

    private final Runnable wakeElement;
    private final AtomicLong nextRequestId = new AtomicLong(1);
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicInteger pendingCount = new AtomicInteger();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<ElementEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger eventCount = new AtomicInteger();
    private final AtomicLong eventsLost = new AtomicLong();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Queue<Listener> joining = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<ElementEvent> recent = new ArrayDeque<>();
    private final Thread delivery;
    private volatile @Nullable ElementSnapshot newest;
    private volatile boolean closed;
    private final AtomicLong published = new AtomicLong();
    private long delivered;

    /// @param wakeElement called when a request waits
    public QueuedManagementPort(Runnable wakeElement) {
        this.wakeElement = wakeElement;
        delivery = Thread.ofPlatform().name("element-client").daemon().start(this::deliver);
    }

    /// Events that found the queue full.
    long eventsLost() {
        return eventsLost.get();
    }

    // ---- the element's side: called by the duty cycle

    @Override
    public @Nullable Request poll() {
        return requests.poll();
    }

    @Override
    public void answer(Answer answer) {
        answers.add(answer); // bounded: one for each pending request
        LockSupport.unpark(delivery);
    }

    @Override
    public void publish(ElementSnapshot snapshot) {
        newest = snapshot;
        published.incrementAndGet();
        LockSupport.unpark(delivery);
    }

    @Override
    public void notify(ElementEvent event) {
        if (eventCount.get() >= EVENTS_MAX) {
            eventsLost.incrementAndGet();
            return;
        }
        eventCount.incrementAndGet();
        events.add(event);
        LockSupport.unpark(delivery);
    }

    // ---- the agent's side

    @Override
    public CompletableFuture<Answer> submit(LongFunction<? extends Request> request, Duration timeout) {
        long id = nextRequestId.getAndIncrement();
        if (closed) {
            return refused(id, "this device is being shut down");
        }
        if (pendingCount.incrementAndGet() > REQUESTS_MAX) {
            pendingCount.decrementAndGet();
            return refused(id, "too many requests wait: try again");
        }
        Pending entry = new Pending(new CompletableFuture<>(), System.nanoTime() + timeout.toNanos());
        pending.put(id, entry);
        requests.add(request.apply(id));
        wakeElement.run();
        LockSupport.unpark(delivery); // it learns of the time limit
        return entry.future();
    }

    @Override
    public ElementSnapshot snapshot() {
        ElementSnapshot current = newest;
        if (current == null) {
            throw new IllegalStateException("the element has published no state yet");
        }
        return current;
    }

    @Override
    public Subscription addListener(Listener listener) {
        joining.add(listener);
        LockSupport.unpark(delivery);
        return () -> {
            joining.remove(listener);
            listeners.remove(listener);
        };
    }

    /// Ends the delivery; whoever still waits for an answer gets `OUTCOME_UNKNOWN`.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(delivery);
        try {
            delivery.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        pending.keySet().forEach(id -> unknown(id, "this device was shut down before the element answered"));
    }

    // ---- the delivery thread

    private void deliver() {
        List<HeldAnswer> held = new ArrayList<>();
        while (!closed) {
            admitListeners();
            deliverEvents();
            takeAnswers(held);
            deliverSnapshot();
            releaseAnswers(held);
            expire();
            if (answers.isEmpty() && events.isEmpty() && joining.isEmpty() && published.get() == delivered) {
                LockSupport.parkNanos(this, held.isEmpty() ? nextWaitNs() : WAIT_NS / 10);
            }
        }
    }

    private long nextWaitNs() {
        long nowNs = System.nanoTime();
        long waitNs = WAIT_NS;
        for (Pending entry : pending.values()) {
            waitNs = Math.min(waitNs, Math.max(1, entry.deadlineNs() - nowNs));
        }
        return waitNs;
    }

    private void admitListeners() {
        for (Listener listener = joining.peek(); listener != null; listener = joining.peek()) {
            Listener admitted = listener;
            recent.forEach(event -> guarded(() -> admitted.onEvent(event)));
            ElementSnapshot current = newest;
            if (current != null) {
                guarded(() -> admitted.onSnapshot(current));
            }
            listeners.add(admitted);
            if (!joining.remove(admitted)) {
                listeners.remove(admitted); // its subscription ended meanwhile
            }
        }
    }

    private void deliverEvents() {
        for (ElementEvent event = events.poll(); event != null; event = events.poll()) {
            eventCount.decrementAndGet();
            ElementEvent current = event;
            if (recent.size() == RECENT_MAX) {
                recent.remove();
            }
            recent.add(current);
            listeners.forEach(listener -> guarded(() -> listener.onEvent(current)));
        }
    }

    private void deliverSnapshot() {
        long count = published.get();
        ElementSnapshot current = newest;
        if (current != null && count != delivered) {
            delivered = count;
            listeners.forEach(listener -> guarded(() -> listener.onSnapshot(current)));
        }
    }

    private void takeAnswers(List<HeldAnswer> held) {
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            held.add(new HeldAnswer(answer, System.nanoTime() + ANSWER_HOLD_NS));
        }
    }

    /// Who commits reads what was committed: an answer that names a revision waits until a snapshot shows it.
    private void releaseAnswers(List<HeldAnswer> held) {
        ElementSnapshot shown = newest;
        long revision = shown == null ? 0 : shown.revision();
        for (Iterator<HeldAnswer> i = held.iterator(); i.hasNext(); ) {
            HeldAnswer next = i.next();
            if (next.answer().revision() <= revision || System.nanoTime() - next.releaseNs() >= 0) {
                i.remove();
                complete(next.answer());
            }
        }
    }

    private void expire() {
        long nowNs = System.nanoTime();
        pending.forEach((id, entry) -> {
            if (nowNs - entry.deadlineNs() >= 0) {
                unknown(id, "the element has not answered in time; the request may still take effect");
            }
        });
    }

    private void unknown(long id, String message) {
        complete(Answer.no(id, Answer.Outcome.OUTCOME_UNKNOWN, message));
    }

    private void complete(Answer answer) {
        Pending entry = pending.remove(answer.requestId());
        if (entry != null) {
            pendingCount.decrementAndGet();
            entry.future().complete(answer);
        }
    }

    private static CompletableFuture<Answer> refused(long id, String message) {
        return CompletableFuture.completedFuture(Answer.no(id, Answer.Outcome.REFUSED, message));
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("a listener failed", e);
        }
    }

    private record Pending(CompletableFuture<Answer> future, long deadlineNs) {}

    private record HeldAnswer(Answer answer, long releaseNs) {}
}
