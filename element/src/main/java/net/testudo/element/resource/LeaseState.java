package net.testudo.element.resource;

/// What a block of numbers is.
public enum LeaseState {
    /// Nobody's.
    FREE,
    /// Chosen for a holder, not acknowledged by the backup: nobody may use it.
    PENDING,
    /// Its holder may use it.
    ACTIVE,
    /// Its holder is gone; flows that moved to other devices keep their numbers, nobody allocates.
    DRAINING,
    /// No flow uses it any more, but packets of such flows may still be under way.
    QUARANTINED
}
