package net.testudo.element.rehearsal;

import java.util.ArrayDeque;
import net.testudo.element.management.Answer;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.element.port.ManagementPort;
import net.testudo.element.port.StateStore;
import org.jspecify.annotations.Nullable;

/// An agent that asks, and a disk that keeps the newest image.
final class StoredAgent implements ManagementPort, StateStore {
    private final ArrayDeque<Request> requests = new ArrayDeque<>();
    private byte @Nullable [] image;
    private long written;
    private long reported;
    private int writes;

    void ask(Request request) {
        requests.add(request);
    }

    /// What a restart would find.
    byte @Nullable [] image() {
        return image;
    }

    /// Another process: it counts its writes from the beginning.
    void restarted() {
        written = 0;
        reported = 0;
        requests.clear();
    }

    /// How often the durable state was written.
    int writes() {
        return writes;
    }

    @Override
    public @Nullable Request poll() {
        return requests.poll();
    }

    @Override
    public void answer(Answer answer) {
        // What matters is what the engines do.
    }

    @Override
    public void publish(ElementSnapshot snapshot) {
        // Asked for when it is needed.
    }

    @Override
    public void notify(ElementEvent event) {
        // As with answers.
    }

    @Override
    public void persist(long ticket, byte[] newImage) {
        image = newImage;
        written = ticket;
        writes++;
    }

    @Override
    public void poll(Completion completion) {
        if (written > reported) {
            reported = written;
            completion.onPersisted(written);
        }
    }
}
