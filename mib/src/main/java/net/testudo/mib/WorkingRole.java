package net.testudo.mib;

/// Numbers of the textual convention TestudoWorkingRole: what a device does now.
public enum WorkingRole implements MibValue {
    /// `unconfigured`.
    UNCONFIGURED(1),
    /// `joining`.
    JOINING(2),
    /// `master`.
    MASTER(3),
    /// `backupMaster`.
    BACKUP_MASTER(4),
    /// `active`.
    ACTIVE(5),
    /// `standby`.
    STANDBY(6),
    /// `failed`.
    FAILED(7),
    /// `nonMember`.
    NON_MEMBER(8);

    private final int number;

    WorkingRole(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }
}
