package net.testudo.element.flow;

import net.testudo.element.wire.cluster.OctetWriter;

/// A class of run-time data at its sender (SYN-02). A stream first transfers all of it, then what changes. It becomes
/// part of the stream by a [SyncClass].
public interface SyncSource {
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

    /// How many records the data has.
    long held();

    /// How many records have to be sent yet, about.
    long waiting();

    /// The records handed out since the last call travel in the message with this sequence number.
    default void sent(long sequence) {}

    /// The receiver confirmed all messages up to this one.
    default void acknowledged(long sequence) {}
}
