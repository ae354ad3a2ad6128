package net.testudo.element.wire.cluster;

import java.util.List;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.LoggedEvent;

/// What members say to each other about the event log; how it is kept in step stands with `cluster.log`. All of it may
/// be repeated without harm.
public sealed interface LogMessage {
    /// Version of these messages; another one is malformed.
    int VERSION = 1;
    /// How many events or records one message carries.
    int RECORDS_MAX = 16;

    /// A member hands events to the master that it follows, to be given their place.
    record Report(long epoch, List<ElementEvent> events) implements LogMessage {
        public Report {
            events = List.copyOf(events);
        }
    }

    /// What a member holds, for the master of `epoch`.
    ///
    /// @param adopted epoch of the master whose log it took over last, 0 if none
    /// @param runs its records, ascending
    record Position(long epoch, long adopted, List<Run> runs) implements LogMessage {
        public Position {
            runs = List.copyOf(runs);
        }
    }

    /// Records that follow one another in the log.
    ///
    /// @param epoch of the message
    /// @param start newest place when the master of `epoch` opened its log: who holds all up to there took it over
    /// @param newest place in the sender's log
    /// @param base place before the first of `records`
    /// @param anew something between what the receiver has and `base` is not kept any more: it begins anew
    /// @param records with the places `base` + 1 and so on
    record Records(long epoch, long start, long newest, long base, boolean anew, List<LoggedEvent> records)
            implements LogMessage {
        public Records {
            records = List.copyOf(records);
        }
    }

    /// A member holds the master's records up to the place `newest`.
    record Stored(long epoch, long newest) implements LogMessage {}

    /// A new master asks the member with the longest log for what follows the place `base`.
    record Fetch(long epoch, long base) implements LogMessage {}

    /// Records one after the other that were ordered in one epoch.
    ///
    /// @param epoch in which they were given their place
    /// @param first place
    /// @param last place
    record Run(long epoch, long first, long last) {
        static Run parse(OctetReader in) {
            return new Run(in.i64(), in.i64(), in.i64());
        }
    }
}
