package net.testudo.agent.management;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import net.testudo.agent.ClusterAccess;
import net.testudo.agent.ElementClient;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.element.management.Request.RunningLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One agent at the element's end: a thread that reads its requests, and one that writes what is due. Of states and of
/// access only the newest waits; of events a bounded number.
final class AgentConnection {
    static final int QUEUE_MAX = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(AgentConnection.class);

    private final MessageChannel channel;
    private final ElementClient element;
    private final Consumer<String> onHandled;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    // Guarded by the queue.
    private final ArrayDeque<Message> queue = new ArrayDeque<>();
    private @Nullable ElementSnapshot newest;
    private @Nullable ClusterAccess access;

    /// @param onHandled is told the id of the newest event that the agent has dealt with
    AgentConnection(MessageChannel channel, ElementClient element, Consumer<String> onHandled) {
        this.channel = channel;
        this.element = element;
        this.onHandled = onHandled;
    }

    /// Begins to read and write.
    ///
    /// @param onEnd called once when the connection has ended
    void start(Consumer<AgentConnection> onEnd) {
        Thread.ofPlatform().name("management-write").daemon().start(() -> run(() -> writeAll(onEnd), onEnd));
    }

    /// Only after the hello was written: an agent of another version has to learn which one this is.
    private void startReading(Consumer<AgentConnection> onEnd) {
        Thread.ofPlatform().name("management-read").daemon().start(() -> run(this::readAll, onEnd));
    }

    /// Events that found the queue full.
    long lost() {
        return lost.get();
    }

    void onClusterAccess(ClusterAccess now) {
        synchronized (queue) {
            access = now;
            queue.notifyAll();
        }
    }

    void onEvent(ElementEvent event) {
        offer(new Message.Event(event));
    }

    void onSnapshot(ElementSnapshot snapshot) {
        synchronized (queue) {
            newest = snapshot;
            queue.notifyAll();
        }
    }

    /// An answer is never dropped: there is at most one for each request that the element took.
    private void answer(Message.Answer answer) {
        synchronized (queue) {
            queue.add(answer);
            queue.notifyAll();
        }
    }

    private void offer(Message message) {
        synchronized (queue) {
            if (queue.size() >= QUEUE_MAX) {
                if (lost.getAndIncrement() == 0) {
                    LOG.warn("the agent does not keep up: events are lost for it");
                }
                return;
            }
            queue.add(message);
            queue.notifyAll();
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void run(Work work, Consumer<AgentConnection> onEnd) {
        try {
            work.run();
        } catch (IOException e) {
            if (!closed.get()) {
                LOG.warn("the connection to the agent ends: {}", e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (close()) {
                onEnd.accept(this);
            }
        }
    }

    private void readAll() throws IOException {
        if (!(channel.read() instanceof Message.Hello(int version)) || version != Message.VERSION) {
            LOG.error("an agent of another version is turned away: install element and agent together");
            return;
        }
        for (Message next = channel.read(); next != null; next = channel.read()) {
            switch (next) {
                case Message.Request(var request) -> submit(request);
                case Message.Handled(String event) -> onHandled.accept(event);
                default ->
                    throw new IOException("an agent sent " + next.getClass().getSimpleName());
            }
        }
    }

    private void submit(Request request) {
        long asked = request.requestId();
        var _ = element.submit(id -> Requests.withId(request, id))
                .thenAccept(answer -> answer(new Message.Answer(Requests.withId(answer, asked))));
    }

    private void writeAll(Consumer<AgentConnection> onEnd) throws IOException, InterruptedException {
        channel.write(new Message.Hello(Message.VERSION));
        startReading(onEnd);
        try {
            while (!closed.get()) {
                for (Message due : take()) {
                    channel.write(due);
                }
            }
        } finally {
            // The sessions of this agent are gone, and with them the lock that one of them may have held.
            var _ = element.submit(id -> new RunningLock(id, ""));
        }
    }

    /// Waits for what is due: the newest state before answers and events, so that who is told of a revision finds it.
    private Iterable<Message> take() throws InterruptedException {
        synchronized (queue) {
            while (queue.isEmpty() && newest == null && access == null && !closed.get()) {
                queue.wait();
            }
            ArrayDeque<Message> due = new ArrayDeque<>();
            if (newest != null) {
                due.add(new Message.Snapshot(newest));
                newest = null;
            }
            if (access != null) {
                due.add(new Message.Access(access));
                access = null;
            }
            due.addAll(queue);
            queue.clear();
            return due;
        }
    }

    /// @return false if it was closed already
    boolean close() {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        synchronized (queue) {
            queue.notifyAll();
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing the connection to an agent", e);
        }
        return true;
    }
}
