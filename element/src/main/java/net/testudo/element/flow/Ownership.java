package net.testudo.element.flow;

/// Who carries a flow, and under which of its incarnations.
///
/// @param owner device number, 0 if nobody
/// @param boot boot id of the owner's process
/// @param lapse how often the owner's lease had lapsed
/// @param epoch of the master that assigned it
/// @param generation number of the assignment within that epoch
public record Ownership(int owner, long boot, long lapse, long epoch, long generation) {
    /// Nobody's.
    public static final Ownership NONE = new Ownership(0, 0, 0, 0, 0);

    /// Whether this assignment was made after `other`.
    public boolean isNewerThan(Ownership other) {
        return epoch > other.epoch || (epoch == other.epoch && generation > other.generation);
    }
}
