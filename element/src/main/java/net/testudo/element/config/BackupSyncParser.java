package net.testudo.element.config;

import java.util.Map;
import java.util.Optional;
import net.testudo.element.config.BackupSyncConfig.OnSilence;

/// Reads what is done when the backup master does not acknowledge.
final class BackupSyncParser {
    private static final String ROOT = ClusterConfig.CLUSTER + "/testudo-backup-sync:backup-sync/";
    private static final int TIMEOUT_MS_MIN = 50;
    private static final int TIMEOUT_MS_MAX = 60_000;
    private static final int MISSES_MAX = 100;
    private static final int PROBATION_S_MAX = 3_600;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final Map<String, OnSilence> REACTIONS = Map.of(
            "retransmit", OnSilence.RETRANSMIT,
            "replace", OnSilence.REPLACE,
            "retransmit-and-replace", OnSilence.RETRANSMIT_AND_REPLACE);

    private final ConfigDocument document;
    private final FaultList faults;

    BackupSyncParser(ConfigDocument document, FaultList faults) {
        this.document = document;
        this.faults = faults;
    }

    BackupSyncConfig parse() {
        BackupSyncConfig standard = BackupSyncConfig.STANDARD;
        return new BackupSyncConfig(
                number("ack-timeout", TIMEOUT_MS_MIN, TIMEOUT_MS_MAX)
                        .map(ms -> ms * NS_PER_MS)
                        .orElse(standard.ackTimeoutNs()),
                number("ack-misses-max", 1, MISSES_MAX).orElse(standard.ackMissesMax()),
                faults.read(
                        document,
                        ROOT + "on-silence",
                        standard.onSilence(),
                        text -> Optional.ofNullable(REACTIONS.get(text)),
                        "retransmit, replace or retransmit-and-replace"),
                number("ack-probation", 1, PROBATION_S_MAX)
                        .map(seconds -> seconds * NS_PER_SECOND)
                        .orElse(standard.ackProbationNs()));
    }

    private Optional<Integer> number(String leaf, int min, int max) {
        return faults.read(document, ROOT + leaf, FaultList.number(min, max), "a number of " + min + " to " + max);
    }
}
