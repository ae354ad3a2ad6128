package net.testudo.mib;

/// Numbers of the textual convention TestudoBackupState: how far a backup master is.
public enum SyncState implements MibValue {
    /// `none`.
    NONE(1),
    /// `transferring`.
    TRANSFERRING(2),
    /// `inSync`.
    IN_SYNC(3),
    /// `late`.
    LATE(4);

    private final int number;

    SyncState(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }
}
