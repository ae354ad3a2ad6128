package net.testudo.agent.management;

import java.util.List;
import net.testudo.element.management.BackupSync;
import net.testudo.element.management.BackupSync.SyncClassState;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;
import org.jspecify.annotations.Nullable;

/// How far the backup master is: all fields in the order of the record.
final class BackupSyncCodec {
    private BackupSyncCodec() {}

    static void write(OctetWriter out, BackupSync sync) {
        out.u8(sync.device()).text(sync.state().name()).i64(sync.misses()).i64(sync.retransmissions());
        out.u16(sync.classes().size());
        for (SyncClassState each : sync.classes()) {
            out.text(each.name()).u8(each.number());
            out.i64(each.held()).i64(each.sent()).i64(each.acknowledged()).i64(each.octets());
            out.i64(each.lastSequence()).i64(each.lastAcknowledged());
            out.i64(each.lagRecords()).i64(each.lagNs()).u8(each.percent());
        }
    }

    /// @return null if it names a state that there is not
    static @Nullable BackupSync read(OctetReader in) {
        int device = in.u8();
        BackupSync.State state = Names.of(BackupSync.State.class, in.text());
        long misses = in.i64();
        long retransmissions = in.i64();
        List<SyncClassState> classes = in.list(BackupSyncCodec::readClass);
        return state == null ? null : new BackupSync(device, state, misses, retransmissions, classes);
    }

    private static SyncClassState readClass(OctetReader in) {
        return new SyncClassState(
                in.text(), in.u8(), in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.i64(),
                in.u8());
    }
}
