package net.testudo.element.flow;

/// What a table's holder knows of a flow's ownership.
///
/// ```
///            assigned            acknowledged
///  UNOWNED -----------> ASSIGNING -----------> OWNED ---> RELEASING
///     ^  ^---- refused -----'                   |             |
///     '---- owner's lease ended, or released ---+-------------'
///  a new epoch makes all of them UNCERTAIN until the owner reports; ENDED flows wait to be reported as such
/// ```
public enum FlowStatus {
    /// Nobody carries it.
    UNOWNED(0),
    /// A device was chosen, its acknowledgement is awaited.
    ASSIGNING(1),
    /// The owner acknowledged or reported it.
    OWNED(2),
    /// The owner was asked to give it back.
    RELEASING(3),
    /// Somebody carried it under an earlier master; only a report or the end of that lease tells.
    UNCERTAIN(4),
    /// The owner was asked to end it.
    ENDING(5),
    /// It is over; its keys are free, the entry waits until that is told.
    ENDED(6);

    private static final FlowStatus[] VALUES = values();
    private final int code;

    FlowStatus(int code) {
        this.code = code;
    }

    /// Its number in a table.
    int code() {
        return code;
    }

    /// The status with this number.
    static FlowStatus of(int code) {
        return VALUES[code];
    }
}
