package net.testudo.element.management;

import java.util.Map;
import java.util.TreeMap;

/// Something that happened, for logs and notifications. One event has one id everywhere.
///
/// @param id `SERIAL/BOOT/SEQUENCE` of its originator
/// @param kind what happened
/// @param device the device it is about, 0 if none
/// @param serial of that device, or empty
/// @param epoch of the cluster at that moment
/// @param reason why, where that decides what the operator does
/// @param cause why, in one line
/// @param evidence names and values that explain it, in order of name (durations in ns, stamps in ns of nowNs)
public record ElementEvent(
        String id,
        Kind kind,
        int device,
        String serial,
        long epoch,
        Reason reason,
        String cause,
        Map<String, String> evidence) {
    /// Kinds of events.
    public enum Kind {
        /// Another device is master now (`device`).
        MASTER_SWITCHED,
        /// Another device is backup master now.
        BACKUP_SWITCHED,
        /// A member is reachable and serves, or was activated.
        MEMBER_UP,
        /// A member fell silent, was suspended or was deactivated.
        MEMBER_DOWN,
        /// A device was admitted.
        MEMBER_JOINED,
        /// A device left or was removed.
        MEMBER_LEFT,
        /// A device was not admitted; the cause says why.
        JOIN_REJECTED,
        /// A device was discovered.
        DEVICE_DISCOVERED,
        /// A revision was decided.
        REVISION_COMMITTED,
        /// A device works with another configuration than the decided one.
        CONFIGURATION_DRIFTED,
        /// A device went on to do so, and is taken out.
        VERIFY_FAILED,
        /// A serving lease ran out without a failover.
        LEASE_LOST,
        /// An alarm was raised.
        ALARM_RAISED,
        /// An alarm was cleared.
        ALARM_CLEARED
    }

    /// Why something happened, where that decides what the operator does (FOC-16).
    public enum Reason {
        /// The kind of the event says all.
        NONE,
        /// Status messages were missing for the dead time: look after the device, its power and its cluster port.
        SILENT,
        /// The operator asked for it: nothing to do.
        OPERATOR,
        /// The device gave its role up by itself: its lease had run out, or it had no vote any more. See what it
        /// reported.
        GAVE_UP,
        /// There was no master before: the cluster was formed, or all of it had been down.
        NO_MASTER,
        /// The device goes on without a majority: bring the others back.
        WITHOUT_MAJORITY,
        /// The device did not confirm a revision in time: see its alarms.
        NOT_CONFIRMED,
        /// The device works with something else than the decided configuration: see its verification.
        NOT_VERIFIED,
        /// The device did not acknowledge run-time data as backup master: see its load, its memory and its cluster
        /// port, and restart it if it stays so.
        NOT_ACKNOWLEDGED,
        /// A better device takes the role: see the scores of both.
        PREEMPTED,
        /// The device had led for the maximum term: nothing to do.
        TERM_OVER,
        /// The device asked to be relieved: see its ports and its disk.
        SELF_REQUEST,
        /// The device led below the criteria until a better one had all data.
        TRANSITION_OVER,
        /// The device is heard, and shows that it does not hear the master: look for a port, a cable or a switch that
        /// passes frames in one direction only.
        DOES_NOT_HEAR
    }

    /// Keeps the evidence in order of name.
    public ElementEvent {
        evidence = java.util.Collections.unmodifiableMap(new TreeMap<>(evidence));
    }
}
