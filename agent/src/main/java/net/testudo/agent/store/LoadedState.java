package net.testudo.agent.store;

import org.jspecify.annotations.Nullable;

/// What was found in a state directory at the start.
public final class LoadedState {
    /// How good it is.
    public enum Recovery {
        /// There is no state yet.
        FIRST_START,
        /// The newest image that was ever acknowledged.
        INTACT,
        /// An image, but a newer one may have existed and is unreadable: votes in it must be treated as void.
        FALLBACK
    }

    private final Recovery recovery;
    private final byte @Nullable [] image;
    private final long sequence;
    private final String reason;

    LoadedState(Recovery recovery, byte @Nullable [] image, long sequence, String reason) {
        this.recovery = recovery;
        this.image = image;
        this.sequence = sequence;
        this.reason = reason;
    }

    /// How good it is.
    public Recovery recovery() {
        return recovery;
    }

    /// The image; null at the first start.
    public byte @Nullable [] image() {
        return image == null ? null : image.clone();
    }

    /// For the operator: which file cannot be read and why; empty if nothing is wrong.
    public String reason() {
        return reason;
    }

    /// Grows with each write.
    long sequence() {
        return sequence;
    }
}
