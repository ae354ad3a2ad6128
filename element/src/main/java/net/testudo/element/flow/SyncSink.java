package net.testudo.element.flow;

import net.testudo.element.wire.cluster.OctetReader;

/// A class of run-time data at its receiver.
public interface SyncSink {
    /// What became of a record.
    enum Taken {
        /// It is held from now on, or nothing had to be done.
        TAKEN,
        /// It says nothing that can be understood; it is counted and left out.
        MALFORMED,
        /// There is no room for it: the message is not acknowledged, and comes again.
        NO_ROOM
    }

    /// A device starts a stream: a full transfer follows.
    void begin(int from, long stream);

    /// Takes one record, which may come again.
    Taken apply(int from, OctetReader record, long nowNs);

    /// The full transfer is complete.
    void complete(int from, long stream, long nowNs);
}
