package net.testudo.element.wire.cluster;

/// By which a stored and undecided change of voters is told from another one of the same number.
///
/// @param epoch of the master that proposed it, 0 for none
/// @param sequence of the proposal in its epoch
public record VoterChangeMark(long epoch, long sequence) {
    /// The first version of the protocol in which it is said.
    public static final int VERSION = 2;
    /// No such change is stored.
    public static final VoterChangeMark NONE = new VoterChangeMark(0, 0);

    static VoterChangeMark parse(OctetReader in) {
        return new VoterChangeMark(in.i64(), in.i64());
    }

    void emit(OctetWriter out) {
        out.i64(epoch).i64(sequence);
    }

    /// Whether this change was proposed after `other`.
    public boolean isNewerThan(VoterChangeMark other) {
        return epoch > other.epoch || (epoch == other.epoch && sequence > other.sequence);
    }
}
