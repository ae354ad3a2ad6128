package net.testudo.element.flow;

import net.testudo.element.wire.cluster.OctetReader;

/// A class of run-time data at its receiver.
public interface SyncSink {
    /// Number of the class on the wire, 1 to 255.
    int number();

    /// A device starts a stream: a full transfer follows.
    void begin(int from, long stream);

    /// Takes one record.
    ///
    /// @return false if it was malformed
    boolean apply(int from, OctetReader record, long nowNs);

    /// The full transfer is complete.
    void complete(int from, long stream, long nowNs);
}
