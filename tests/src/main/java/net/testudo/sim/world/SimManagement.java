package net.testudo.sim.world;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import net.testudo.element.management.Answer;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.element.port.ManagementPort;
import org.jspecify.annotations.Nullable;

/// The agent's side of one device's management: keeps requests until the engine takes them, and what it answered.
public final class SimManagement implements ManagementPort {
    private final SimDevice device;
    private final Observer observer;
    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private final Map<Long, Request> open = new HashMap<>();
    private @Nullable ElementSnapshot newest;

    SimManagement(SimDevice device, Observer observer) {
        this.device = device;
        this.observer = observer;
    }

    /// Hands a request to the device.
    public void submit(Request request) {
        open.put(request.requestId(), request);
        waiting.add(request);
        observer.onRequest(device, request);
        device.wake();
    }

    /// The newest state it published since its start, or null.
    public @Nullable ElementSnapshot newest() {
        return newest;
    }

    /// Requests that were not answered yet.
    public int openRequests() {
        return open.size();
    }

    /// The device stopped: its agent and the open requests are gone.
    void crash() {
        waiting.clear();
        open.clear();
        newest = null;
    }

    /// Whether a request waits to be taken.
    boolean requested() {
        return !waiting.isEmpty();
    }

    @Override
    public @Nullable Request poll() {
        return waiting.poll();
    }

    @Override
    public void answer(Answer answer) {
        observer.onAnswer(device, open.remove(answer.requestId()), answer);
    }

    @Override
    public void publish(ElementSnapshot snapshot) {
        newest = snapshot;
        observer.onPublish(device, snapshot);
    }

    @Override
    public void notify(ElementEvent event) {
        observer.onEvent(device, event);
    }
}
