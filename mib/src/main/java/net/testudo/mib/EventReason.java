package net.testudo.mib;

/// Numbers of the textual convention TestudoReason: why something happened, where that decides what the operator does.
public enum EventReason implements MibValue {
    /// `none`.
    NONE(1),
    /// `silent`.
    SILENT(2),
    /// `operator`.
    OPERATOR(3),
    /// `gaveUp`.
    GAVE_UP(4),
    /// `noMaster`.
    NO_MASTER(5),
    /// `withoutMajority`.
    WITHOUT_MAJORITY(6),
    /// `notConfirmed`.
    NOT_CONFIRMED(7),
    /// `notVerified`.
    NOT_VERIFIED(8),
    /// `notAcknowledged`.
    NOT_ACKNOWLEDGED(9),
    /// `preempted`.
    PREEMPTED(10),
    /// `termOver`.
    TERM_OVER(11),
    /// `selfRequest`.
    SELF_REQUEST(12),
    /// `transitionOver`.
    TRANSITION_OVER(13),
    /// `doesNotHear`.
    DOES_NOT_HEAR(14);

    private final int number;

    EventReason(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }
}
