package net.testudo.agent;

import java.util.List;
import java.util.Map;
import net.testudo.element.management.BackupSync;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElectionState;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.RevisionHistory;
import net.testudo.element.management.Role;

/// What a device shows that has nothing but a role and a revision.
public final class BareSnapshot {
    private BareSnapshot() {}

    /// A snapshot of device 1, A1.
    public static ElementSnapshot of(Role role, long revision) {
        return new ElementSnapshot(
                0,
                "A1",
                1,
                role,
                "",
                "",
                0,
                1,
                1,
                true,
                true,
                false,
                revision,
                "",
                Content.EMPTY,
                List.of(),
                List.of(),
                List.of(),
                ElementSnapshot.Switchover.NONE,
                1,
                0,
                RevisionHistory.EMPTY,
                BackupSync.NONE,
                Map.of(),
                EventLog.EMPTY,
                2,
                ElectionState.NONE);
    }
}
