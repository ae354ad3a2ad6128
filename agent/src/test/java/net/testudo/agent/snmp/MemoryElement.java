package net.testudo.agent.snmp;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.Answer;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;

/// An element in memory: publishes and reports what the test says.
final class MemoryElement implements ElementClient {
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile ElementSnapshot snapshot;

    MemoryElement(ElementSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    void publish(ElementSnapshot next) {
        snapshot = next;
        listeners.forEach(listener -> listener.onSnapshot(next));
    }

    void report(ElementEvent event) {
        listeners.forEach(listener -> listener.onEvent(event));
    }

    @Override
    public CompletableFuture<Answer> submit(LongFunction<? extends Request> request, Duration timeout) {
        return CompletableFuture.completedFuture(Answer.no(0, Answer.Outcome.REFUSED, "SNMP asks for nothing"));
    }

    @Override
    public ElementSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public Subscription addListener(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
