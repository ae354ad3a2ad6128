package net.testudo.element.port;

/// Durable state of one device: one image, replaced as a whole. Writing is asynchronous, in order.
public interface StateStore {
    /// Starts to write `image` durably (fsync, atomic replacement). Of several waiting images the store may
    /// write only the newest: a completed ticket stands for all tickets below it.
    ///
    /// @param ticket ascending, chosen by the caller
    void persist(long ticket, byte[] image);

    /// Reports what became of writes since the last call.
    void poll(Completion completion);

    /// Takes the reports of [#poll].
    interface Completion {
        /// The image of `ticket`, and of every lower one or a newer in its place, is durable.
        void onPersisted(long ticket);

        /// The image of `ticket`, and of every lower one that was not reported, could not be written: what was
        /// durable before still is, and nothing of these images.
        ///
        /// @param reason for the operator, naming the file
        void onFailed(long ticket, String reason);
    }
}
