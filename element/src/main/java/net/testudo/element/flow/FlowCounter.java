package net.testudo.element.flow;

import java.util.Locale;

/// What the flow functions count.
public enum FlowCounter {
    /// Flows opened by this device as master.
    OPENED,
    /// Assignments sent.
    ASSIGNED,
    /// Assignments that the device answered with a refusal.
    REFUSED,
    /// Assignments given to this device that were void.
    VOID_ASSIGNMENTS,
    /// Flows whose owner lost them and that were assigned again.
    MOVED,
    /// Flows that only a former master or backup master told this master of.
    INHERITED,
    /// Flows that ended.
    ENDED,
    /// Flows not opened because the table is full.
    TABLE_FULL,
    /// Flows not opened because another one has one of the keys.
    KEY_CONFLICTS,
    /// Two devices claimed one flow; must stay 0.
    OWNER_CONFLICTS,
    /// Frames that waited for an assignment.
    HELD,
    /// Frames dropped because the waiting room was full or they waited too long.
    HOLD_DROPS,
    /// Frames relayed to another device.
    RELAYED,
    /// Frames that could not be relayed.
    RELAY_DROPS,
    /// Times this device lost all its flows: lease lapsed or duty cycle late.
    VOIDED,
    /// Messages of another epoch, session or stream.
    STALE_MESSAGES,
    /// Messages that could not be understood.
    MALFORMED_MESSAGES,
    /// Acknowledgements of the backup master that did not come in time.
    ACK_MISSES,
    /// Messages of a stream that were there already.
    REPEATED_MESSAGES,
    /// Records of a class of run-time data that this device does not know: the sender is of a newer version.
    UNKNOWN_CLASS_RECORDS,
    /// Messages of a stream not taken because there was no room; they are not acknowledged.
    SYNC_NO_ROOM,
    /// Messages to other devices dropped because queues were full.
    MESSAGE_DROPS;

    private final String text = "flow." + name().toLowerCase(Locale.ROOT).replace('_', '-');

    /// Name in the snapshot, such as `flow.opened`.
    public String text() {
        return text;
    }
}
