package net.testudo.element.flow;

import net.testudo.element.wire.cluster.OctetWriter;

/// A class of run-time data at its sender (SYN-02). A stream first transfers all of it, then what changes. New classes
/// are added by registering a source at the sender and a [SyncSink] with the same number at the receiver.
public interface SyncSource {
    /// Number of the class on the wire, 1 to 255.
    int number();

    /// A stream starts: all data has to be sent again.
    void restart();

    /// No stream is wanted any more: changes need not be kept.
    void stop();

    /// Writes the next record that has to be sent.
    ///
    /// @return false if there is none at the moment; nothing was written
    boolean next(OctetWriter record);

    /// Whether all data was handed out once since [#restart].
    boolean isTransferred();

    /// The records handed out since the last call travel in the message with this sequence number.
    default void sent(long sequence) {}

    /// The receiver confirmed all messages up to this one.
    default void acknowledged(long sequence) {}
}
