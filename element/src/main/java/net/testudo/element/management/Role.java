package net.testudo.element.management;

/// The working role of a device (ROL-05). The ordinal order has no meaning; the MIB has its own numbers.
public enum Role {
    /// Has no cluster configuration; passes nothing.
    UNCONFIGURED,
    /// Is being admitted.
    JOINING,
    /// Leads: answers for the cluster addresses, assigns flows, decides commits.
    MASTER,
    /// Holds all that the master holds, ready to take over.
    BACKUP_MASTER,
    /// Carries flows.
    ACTIVE,
    /// Is in sync, carries no flow.
    STANDBY,
    /// Is configured as a member, but silent, suspended or without a lease.
    FAILED,
    /// Was deactivated by the operator: keeps its vote, carries no flow, takes over from nobody.
    NON_MEMBER
}
