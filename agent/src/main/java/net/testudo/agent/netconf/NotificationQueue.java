package net.testudo.agent.netconf;

import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;

/// What one session is still to be told. A notification is made when its turn comes, off the thread that tells
/// all: what waits is small, and a client's slow filter delays that client only.
final class NotificationQueue {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationQueue.class);
    /// Given to the transport at the same time: it does not give back the memory of what it could not send.
    private static final int ON_THE_WAY_MAX = 8;

    private final Queue<Supplier<List<Document>>> waiting = new ArrayDeque<>();
    private final int waitingMax;
    private final Executor executor;
    private final Function<Document, Future<?>> sender;
    private int onTheWay;
    private boolean working;
    private boolean closed;

    /// @param waitingMax how many may wait
    /// @param executor makes and sends them
    /// @param sender sends one, and says when it has left
    NotificationQueue(int waitingMax, Executor executor, Function<Document, Future<?>> sender) {
        this.waitingMax = waitingMax;
        this.executor = executor;
        this.sender = sender;
    }

    /// Adds a notification.
    ///
    /// @param made what is sent, none if the client does not want to hear of it; asked for once
    /// @return false if too many wait
    boolean add(Supplier<List<Document>> made) {
        synchronized (waiting) {
            if (waiting.size() >= waitingMax) {
                return false;
            }
            waiting.add(made);
        }
        begin();
        return true;
    }

    /// Nothing is told any more.
    void close() {
        synchronized (waiting) {
            closed = true;
            waiting.clear();
        }
    }

    private void begin() {
        synchronized (waiting) {
            if (working || closed || waiting.isEmpty() || onTheWay >= ON_THE_WAY_MAX) {
                return;
            }
            working = true;
        }
        executor.execute(this::work);
    }

    private void work() {
        while (true) {
            Supplier<List<Document>> next;
            synchronized (waiting) {
                next = onTheWay < ON_THE_WAY_MAX ? waiting.poll() : null;
                if (next == null) {
                    working = false;
                    return;
                }
            }
            make(next).forEach(this::send);
        }
    }

    private static List<Document> make(Supplier<List<Document>> made) {
        try {
            return made.get();
        } catch (RuntimeException e) {
            LOG.error("a notification cannot be told for a reason that is our own fault", e);
            return List.of();
        }
    }

    private void send(Document notification) {
        synchronized (waiting) {
            if (closed) {
                return;
            }
            onTheWay++;
        }
        sender.apply(notification).addListener(_ -> {
            synchronized (waiting) {
                onTheWay--;
            }
            begin();
        });
    }
}
