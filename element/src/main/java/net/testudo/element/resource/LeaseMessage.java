package net.testudo.element.resource;

import java.util.List;

/// What holder, master and backup say to each other about leases. Every message carries the epoch of the master it
/// belongs to; a receiver that follows another epoch ignores it. The channel keeps the order between two devices.
public sealed interface LeaseMessage {
    /// The epoch of the master.
    long epoch();

    /// Holder to master: give me a block.
    ///
    /// @param device the holder
    /// @param pool id of the pool
    /// @param number ascending; a request that is repeated keeps its number
    record Request(long epoch, int device, long pool, long number) implements LeaseMessage {}

    /// Master to holder: the block is yours from now on.
    ///
    /// @param number of the request
    record Grant(long epoch, int device, long pool, long number, LeaseBlock block) implements LeaseMessage {}

    /// Master to holder: not now.
    ///
    /// @param number of the request
    record Refusal(long epoch, int device, long pool, long number, Reason reason) implements LeaseMessage {}

    /// Holder to master: nothing of this block is in use, take it back.
    ///
    /// @param number of the grant that the holder does not want any more; 0 for a block that it has held
    record Return(long epoch, int device, LeaseBlock block, long number) implements LeaseMessage {}

    /// Holder to a new master, at the start of a session, and when it gave up everything: these blocks are mine, and
    /// no others.
    ///
    /// @param open numbers of requests whose grant the holder would still take
    record Report(long epoch, int device, List<LeaseBlock> blocks, List<Long> open) implements LeaseMessage {
        /// Keeps its own copies of the lists.
        public Report {
            blocks = List.copyOf(blocks);
            open = List.copyOf(open);
        }
    }

    /// Master to holder: the block is not yours, allocate nothing from it.
    record Revocation(long epoch, int device, LeaseBlock block) implements LeaseMessage {}

    /// Master to a new backup: forget what you knew, all blocks follow.
    ///
    /// @param sequence ascending over the messages to backups
    record SnapshotStarted(long epoch, long sequence) implements LeaseMessage {}

    /// Master to a new backup: these were all.
    record SnapshotEnded(long epoch, long sequence) implements LeaseMessage {}

    /// Master to backup: a block changed.
    ///
    /// @param sequence ascending over the messages to backups
    /// @param holder of the block, 0 if it has none
    /// @param state of the block; a block that is free is forgotten
    record Update(long epoch, long sequence, LeaseBlock block, int holder, LeaseState state) implements LeaseMessage {}

    /// Backup to master: I have everything up to this sequence number.
    record Acknowledgement(long epoch, int device, long sequence) implements LeaseMessage {}

    /// Why a request is refused.
    enum Reason {
        /// A new master still waits for reports, or until numbers it knows nothing of are out of use.
        RECOVERING,
        /// No number of the pool is free.
        EXHAUSTED,
        /// The configuration that the master follows has no such pool.
        UNKNOWN_POOL
    }
}
