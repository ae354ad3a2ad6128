package net.testudo.sim;

/// What happens in a run besides the faults of every run.
///
/// @param gentle one fault at a time, and nothing else
/// @param changes operators change who is a member, is in maintenance and may lead, whatever is broken meanwhile
/// @param damage devices lose what is on their disks, or are replaced by others
record Manner(boolean gentle, boolean changes, boolean damage) {
    static final Manner USUAL = new Manner(false, false, false);
}
