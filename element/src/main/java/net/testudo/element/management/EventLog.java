package net.testudo.element.management;

import java.util.List;

/// The newest records of the cluster's event log, as this device holds them.
///
/// @param epoch of the master whose log this is: devices that name the same one never disagree about a record or its
///   place; 0 as long as none handed its log over
/// @param records in their order, the oldest first
public record EventLog(long epoch, List<LoggedEvent> records) {
    /// How many records are kept; the oldest goes when there are more.
    public static final int RECORDS_MAX = 256;

    /// Nothing happened yet.
    public static final EventLog EMPTY = new EventLog(0, List.of());

    public EventLog {
        records = List.copyOf(records);
    }
}
