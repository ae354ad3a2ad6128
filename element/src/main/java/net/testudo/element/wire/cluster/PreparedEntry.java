package net.testudo.element.wire.cluster;

/// A revision that a voter stored before it is decided, or the withdrawal of one (a tombstone).
///
/// @param epoch of the master that prepared it
/// @param sequence ascending within the epoch; (epoch, sequence) orders all entries for one number
/// @param tombstone the revision is withdrawn: it must never be decided under this or a lower order
/// @param repeated prepared again by a new master: not validated, not withdrawn
/// @param revision the revision
public record PreparedEntry(long epoch, long sequence, boolean tombstone, boolean repeated, Revision revision) {
    /// Whether this entry replaces `other` at a voter that holds it.
    public boolean supersedes(PreparedEntry other) {
        return other.revision.number() != revision.number()
                || epoch > other.epoch
                || (epoch == other.epoch && sequence >= other.sequence);
    }

    public void emit(OctetWriter out) {
        out.i64(epoch).i64(sequence).bool(tombstone).bool(repeated);
        revision.emit(out);
    }

    public static PreparedEntry parse(OctetReader in) {
        return new PreparedEntry(in.i64(), in.i64(), in.bool(), in.bool(), Revision.parse(in));
    }
}
