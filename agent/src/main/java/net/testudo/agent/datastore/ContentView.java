package net.testudo.agent.datastore;

import java.util.function.Supplier;
import net.testudo.element.management.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is read out of the decided configuration, read anew when that has changed. Safe for use by any thread.
///
/// @param <T> what is read
public final class ContentView<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ContentView.class);

    private record Cached<T>(Content content, T read) {}

    private final String what;
    private final Supplier<Content> running;
    private final Reader<T> reader;
    private volatile Cached<T> cached;

    /// Reads a content.
    ///
    /// @param <T> what is read
    @FunctionalInterface
    public interface Reader<T> {
        /// @throws CanonicalFormException if the content is not in canonical form
        T read(Content content) throws CanonicalFormException;
    }

    /// @param what is read, for the log
    /// @param running the decided configuration
    /// @param empty what is read out of a content in which there is nothing
    public ContentView(String what, Supplier<Content> running, Reader<T> reader, T empty) {
        this.what = what;
        this.running = running;
        this.reader = reader;
        cached = new Cached<>(Content.EMPTY, empty);
    }

    /// What the configuration of this moment says.
    public T now() {
        Content content = running.get();
        Cached<T> known = cached;
        if (known.content().equals(content)) {
            return known.read();
        }
        try {
            known = new Cached<>(content, reader.read(content));
        } catch (CanonicalFormException e) {
            LOG.error("{} of the newest configuration cannot be read, what was before stays: {}", what, e.getMessage());
            known = new Cached<>(content, known.read());
        }
        cached = known;
        return known.read();
    }
}
