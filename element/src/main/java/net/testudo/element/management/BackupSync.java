package net.testudo.element.management;

import java.util.List;

/// How far the backup master has the run-time data of the cluster (BKP-01 to BKP-05), as the master knows it.
///
/// @param device the backup master, 0 if there is none or this device is no master
/// @param state how far it is
/// @param misses how often in a row it did not acknowledge in time
/// @param retransmissions what was sent to it again since its session began: segments of the reliable stream, and
///   messages that had arrived and were not acknowledged
/// @param classes one for each class of run-time data, in the order of the stream
public record BackupSync(int device, State state, long misses, long retransmissions, List<SyncClassState> classes) {
    /// This device is no master.
    public static final BackupSync NONE = new BackupSync(0, State.NONE, 0, 0, List.of());

    /// How far a backup master, or a class of data there, is.
    public enum State {
        /// There is nothing to tell of.
        NONE,
        /// All data is sent, and not all of it was acknowledged once.
        TRANSFERRING,
        /// All data was acknowledged once; what changes follows.
        IN_SYNC,
        /// Something was not acknowledged in time.
        LATE
    }

    /// A class of run-time data.
    ///
    /// @param name of the class
    /// @param number of the class on the wire
    /// @param held records at the master
    /// @param sent records sent in this stream
    /// @param acknowledged records of them that the backup master has
    /// @param octets sent, with the heads of the records
    /// @param lastSequence of the last message with records of it, 0 if none
    /// @param lastAcknowledged of the last one of these that was acknowledged, 0 if none
    /// @param lagRecords records that the backup master does not have yet
    /// @param lagNs how long the oldest of these is under way
    /// @param percent of a full transfer, 100 from its confirmation on
    public record SyncClassState(
            String name,
            int number,
            long held,
            long sent,
            long acknowledged,
            long octets,
            long lastSequence,
            long lastAcknowledged,
            long lagRecords,
            long lagNs,
            int percent) {}

    /// Keeps its own copy of the list.
    public BackupSync {
        classes = List.copyOf(classes);
    }
}
