package net.testudo.agent.management;

import net.testudo.element.management.RevisionHistory;
import net.testudo.element.management.RevisionHistory.Entry;
import net.testudo.element.management.RevisionHistory.Orphan;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;

/// The history of revisions: whether it is the one sent before on this connection; if not, it follows.
final class HistoryCodec {
    private RevisionHistory sent = RevisionHistory.EMPTY;
    private RevisionHistory received = RevisionHistory.EMPTY;

    void write(OctetWriter out, RevisionHistory history) {
        boolean same = history.equals(sent);
        out.bool(same);
        if (same) {
            return;
        }
        out.u16(history.decided().size());
        history.decided().forEach(entry -> write(out, entry));
        out.u16(history.orphans().size());
        for (Orphan orphan : history.orphans()) {
            write(out.u8(orphan.device()), orphan.revision());
            out.text(orphan.instead()).i64(orphan.keptMs());
        }
        sent = history;
    }

    private static void write(OctetWriter out, Entry entry) {
        out.i64(entry.number()).text(entry.hash()).text(entry.parent()).longText(entry.commitId());
        out.i64(entry.atMs());
        RequestCodec.writeAuthor(out, entry.author());
        out.i64(entry.voters().bits()).i64(entry.size());
    }

    RevisionHistory read(OctetReader in) {
        if (!in.bool()) {
            received = new RevisionHistory(in.list(HistoryCodec::entry), in.list(HistoryCodec::orphan));
        }
        return received;
    }

    private static Orphan orphan(OctetReader in) {
        return new Orphan(in.u8(), entry(in), in.text(), in.i64());
    }

    private static Entry entry(OctetReader in) {
        return new Entry(
                in.i64(),
                in.text(),
                in.text(),
                in.longText(),
                in.i64(),
                RequestCodec.readAuthor(in),
                new DeviceSet(in.i64()),
                in.i64());
    }
}
