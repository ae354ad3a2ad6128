package net.testudo.element.config;

/// What is done when the backup master does not acknowledge run-time data (BKP-03 to BKP-05).
///
/// @param ackTimeoutNs how long an acknowledgement may take
/// @param ackMissesMax how many in a row may be missing
/// @param onSilence what follows
/// @param ackProbationNs how long a device that was replaced has to acknowledge before it is chosen again
public record BackupSyncConfig(long ackTimeoutNs, int ackMissesMax, OnSilence onSilence, long ackProbationNs) {
    /// Unless configured otherwise.
    public static final BackupSyncConfig STANDARD =
            new BackupSyncConfig(500_000_000L, 4, OnSilence.RETRANSMIT_AND_REPLACE, 10_000_000_000L);

    /// What follows when acknowledgements are missing.
    public enum OnSilence {
        /// What arrived and was not acknowledged is sent again, for as long as it takes.
        RETRANSMIT,
        /// Nothing is sent again that arrived; another device becomes backup master.
        REPLACE,
        /// It is sent again, and then another device becomes backup master.
        RETRANSMIT_AND_REPLACE;

        /// Whether anything is sent again.
        public boolean retransmits() {
            return this != REPLACE;
        }

        /// Whether another device becomes backup master in the end.
        public boolean replaces() {
            return this != RETRANSMIT;
        }
    }
}
