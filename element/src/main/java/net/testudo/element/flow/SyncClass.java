package net.testudo.element.flow;

/// A class of run-time data that a successor of the master needs (BKP-09, BKP-11): what is registered so that it
/// reaches
/// the backup master, and a later master that was none.
///
/// @param number of the class on the wire, 1 to 255, the same in all versions
/// @param name in state, kebab-case
/// @param source at the master
/// @param sink at the backup master, and at a master to which the data is handed over
public record SyncClass(int number, String name, SyncSource source, SyncSink sink) {
    /// The highest number of a class.
    public static final int NUMBER_MAX = 255;

    /// @throws IllegalArgumentException if the number cannot stand in one octet
    public SyncClass {
        if (number < 1 || number > NUMBER_MAX) {
            throw new IllegalArgumentException("a class of run-time data has a number of 1 to 255, not " + number);
        }
    }
}
