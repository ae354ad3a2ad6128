package net.testudo.element.rehearsal;

import java.util.ArrayDeque;
import net.testudo.element.management.Answer;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.element.port.ManagementPort;
import net.testudo.element.port.StateStore;
import org.jspecify.annotations.Nullable;

/// The agent and the disk of a rehearsed device: requests are queued by the rehearsal, writes succeed at once.
final class MemoryManagement implements ManagementPort, StateStore {
    private final ArrayDeque<Request> requests = new ArrayDeque<>();
    private @Nullable ElementSnapshot newest;
    private long written;
    private long reported;

    void ask(Request request) {
        requests.add(request);
    }

    @Override
    public @Nullable Request poll() {
        return requests.poll();
    }

    @Override
    public void answer(Answer answer) {
        // The rehearsal looks at what the engines do, not at what they say.
    }

    /// What was published last, null before anything was.
    @Nullable
    ElementSnapshot newest() {
        return newest;
    }

    @Override
    public void publish(ElementSnapshot snapshot) {
        newest = snapshot;
    }

    @Override
    public void notify(ElementEvent event) {
        // As with answers.
    }

    @Override
    public void persist(long ticket, byte[] image) {
        written = ticket;
    }

    @Override
    public void poll(Completion completion) {
        if (written > reported) {
            reported = written;
            completion.onPersisted(written);
        }
    }
}
