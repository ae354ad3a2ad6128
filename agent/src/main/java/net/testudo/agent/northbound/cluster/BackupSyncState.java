package net.testudo.agent.northbound.cluster;

import java.util.Locale;
import net.testudo.agent.datastore.CanonicalLine;
import net.testudo.agent.datastore.CanonicalPath;
import net.testudo.element.management.BackupSync;
import net.testudo.element.management.BackupSync.SyncClassState;
import net.testudo.element.management.ElementSnapshot;

/// The state of the module testudo-backup-sync below `/testudo-cluster:cluster/state` as canonical lines.
final class BackupSyncState {
    private static final String ROOT = "/testudo-cluster:cluster/state/testudo-backup-sync:backup-sync";
    private static final long NS_PER_MS = 1_000_000;

    private final StringBuilder lines = new StringBuilder();

    private BackupSyncState() {}

    /// The lines for `snapshot`; none if its device is no master.
    static String lines(ElementSnapshot snapshot) {
        BackupSync sync = snapshot.backupSync();
        if (sync.classes().isEmpty()) {
            return "";
        }
        BackupSyncState state = new BackupSyncState();
        if (sync.device() != 0) {
            state.put("device", sync.device());
        }
        state.put("state", sync.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        state.put("misses", sync.misses());
        state.put("retransmissions", sync.retransmissions());
        sync.classes().forEach(state::add);
        return state.lines.toString();
    }

    private void add(SyncClassState each) {
        String path = "class[name=" + CanonicalPath.quote(each.name()) + "]/";
        put(path + "number", each.number());
        put(path + "records", each.held());
        put(path + "sent", each.sent());
        put(path + "acknowledged", each.acknowledged());
        put(path + "octets", each.octets());
        put(path + "last-sent", each.lastSequence());
        put(path + "last-acknowledged", each.lastAcknowledged());
        put(path + "lag-records", each.lagRecords());
        put(path + "lag", each.lagNs() / NS_PER_MS);
        put(path + "progress", each.percent());
    }

    private void put(String path, Object value) {
        lines.append(CanonicalLine.of(ROOT + "/" + path, value.toString()));
    }
}
