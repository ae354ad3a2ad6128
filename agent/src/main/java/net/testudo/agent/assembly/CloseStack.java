package net.testudo.agent.assembly;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes what was opened, newest first; a fault of one does not keep the others open.
final class CloseStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CloseStack.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private boolean closed;

    /// @throws IllegalStateException if everything was closed already; then `resource` is closed too
    synchronized <T extends AutoCloseable> T push(T resource) {
        opened.push(resource);
        if (closed) {
            close();
            throw new IllegalStateException("the device is being shut down");
        }
        return resource;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!opened.isEmpty()) {
            AutoCloseable resource = opened.pop();
            try {
                resource.close();
            } catch (Exception e) {
                LOG.error("{} was not closed in order", resource.getClass().getSimpleName(), e);
            }
        }
    }
}
