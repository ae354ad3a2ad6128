package net.testudo.element.flow;

import java.lang.foreign.MemorySegment;

/// What the flow functions of two devices say to each other. Every message names the epoch under which it was sent
/// and is void in any other.
public sealed interface FlowMessage {
    /// The master's epoch.
    long epoch();

    /// Master to device: carry this flow. Void unless epoch, boot, lapse and stream are the device's present ones and
    /// its lease is valid.
    ///
    /// @param flow with the ownership it is to have
    /// @param stream number of the device's report on which the master builds
    /// @param network index of the network the carried frame came from
    /// @param frame the frame that caused the assignment, empty if none
    record Assign(FlowRecord flow, long stream, int network, MemorySegment frame) implements FlowMessage {
        @Override
        public long epoch() {
            return flow.ownership().epoch();
        }
    }

    /// Device to master: it carries the flow.
    record Assigned(long epoch, long id, long generation) implements FlowMessage {}

    /// Device to master: the assignment was void or could not be taken; the device does not carry the flow under it.
    record Refused(long epoch, long id, long generation, Refusal reason) implements FlowMessage {}

    /// Master to device: give the flow back.
    record Release(long epoch, long id, long generation) implements FlowMessage {}

    /// Device to master: it does not carry the flow any more; where it stood.
    record Released(long epoch, long id, long generation, ConnectionState state) implements FlowMessage {}

    /// Master to device: end the flow; the device confirms in its report stream.
    record End(long epoch, long id, long generation) implements FlowMessage {}

    /// Master to all: the next hop with one MAC address has another one now.
    record NextHop(long epoch, int network, long oldMac, long newMac) implements FlowMessage {}

    /// A stream of run-time data starts: first a full transfer, then what changes.
    ///
    /// @param stream its number, ascending within a boot of the sender
    /// @param boot boot id of the sender
    /// @param lapse how often the sender's lease had lapsed
    /// @param gathered the epoch in which the sender gathered the data; the present one but in a handover
    record SyncBegin(StreamKind kind, long epoch, long stream, long boot, long lapse, long gathered)
            implements FlowMessage {}

    /// Records of a stream.
    ///
    /// @param sequence 1, 2, 3 … within the stream
    /// @param records one after the other: class (1 octet), length (2 octets), content
    record SyncData(StreamKind kind, long epoch, long stream, long sequence, MemorySegment records)
            implements FlowMessage {}

    /// The full transfer is complete; what follows are changes.
    record SyncEnd(StreamKind kind, long epoch, long stream) implements FlowMessage {}

    /// The receiver has, and where there is one its backup has, all up to `sequence`; with [#UNWANTED] it takes
    /// nothing of this stream: an owner reports anew, a handover is over.
    record SyncAck(StreamKind kind, long epoch, long stream, long sequence) implements FlowMessage {}

    /// In place of a sequence number.
    long UNWANTED = -1;

    /// Which way a stream goes.
    enum StreamKind {
        /// Owner to master (SYN-01); its full transfer is the report of the flows that the owner holds.
        REPORT(0),
        /// Master to backup master (SYN-04).
        COPY(1),
        /// Who was master or backup master in the epoch before, to a master that was neither.
        HANDOVER(2),
        /// Master to a device that did not acknowledge as backup master: a beginning of nothing, to be acknowledged.
        TRIAL(3);

        private static final StreamKind[] VALUES = values();
        private final int code;

        StreamKind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static boolean isCode(int code) {
            return code >= 0 && code < VALUES.length;
        }

        static StreamKind of(int code) {
            return VALUES[code];
        }
    }

    /// Why an assignment was not taken.
    enum Refusal {
        /// It names another epoch, boot, lapse or report, or the lease is out.
        VOID(0),
        /// The owner's table is full.
        TABLE_FULL(1);

        private static final Refusal[] VALUES = values();
        private final int code;

        Refusal(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static boolean isCode(int code) {
            return code >= 0 && code < VALUES.length;
        }

        static Refusal of(int code) {
            return VALUES[code];
        }
    }
}
