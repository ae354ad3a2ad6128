package net.testudo.element.cluster.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.testudo.element.management.Author;
import net.testudo.element.management.RevisionHistory;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.OrphanNote;
import net.testudo.element.wire.cluster.RevisionHeader;
import net.testudo.element.wire.cluster.RevisionNote;
import org.jspecify.annotations.Nullable;

/// What management is told of a line; made anew only when the line or the archive changed.
public final class HistoryView {
    private @Nullable Line line;
    private ContentArchive archive = ContentArchive.EMPTY;
    private Map<Integer, List<OrphanNote>> orphans = Map.of();
    private int depth;
    private RevisionHistory view = RevisionHistory.EMPTY;

    /// Nothing yet.
    public HistoryView() {}

    /// The newest `wantedDepth` revisions of `newest`, and the orphans by device.
    @SuppressWarnings("ReferenceEquality") // both are immutable, and comparing them costs more than making the view
    public RevisionHistory of(
            Line newest, ContentArchive contents, Map<Integer, List<OrphanNote>> kept, int wantedDepth) {
        if (newest != line || contents != archive || wantedDepth != depth || !kept.equals(orphans)) {
            orphans = Map.copyOf(kept);
            line = newest;
            archive = contents;
            depth = wantedDepth;
            view = new RevisionHistory(entries(newest, contents, wantedDepth), orphans(kept));
        }
        return view;
    }

    private static List<RevisionHistory.Entry> entries(Line line, ContentArchive archive, int depth) {
        Map<Digest, Long> sizes = archive.sizes();
        sizes.put(line.newest().header().contentHash(), line.newest().content().characters());
        List<RevisionHistory.Entry> entries = new ArrayList<>();
        Digest hash = line.newest().header().hash();
        for (RevisionHeader header : line.headers().reversed()) {
            if (entries.size() == depth) {
                break;
            }
            entries.add(entry(header, hash, sizes.getOrDefault(header.contentHash(), -1L)));
            hash = header.parent();
        }
        return entries;
    }

    private static List<RevisionHistory.Orphan> orphans(Map<Integer, List<OrphanNote>> kept) {
        List<RevisionHistory.Orphan> orphans = new ArrayList<>();
        kept.forEach((device, notes) -> notes.forEach(note -> orphans.add(new RevisionHistory.Orphan(
                device,
                entry(note.header(), note.header().hash(), note.size()),
                note.instead().equals(Digest.ZERO) ? "" : note.instead().toString(),
                note.keptMs()))));
        return orphans;
    }

    private static RevisionHistory.Entry entry(RevisionHeader header, Digest hash, long size) {
        RevisionNote note = header.note();
        return new RevisionHistory.Entry(
                header.number(),
                hash.toString(),
                header.parent().toString(),
                header.commitId(),
                note.atMs(),
                new Author(note.user(), note.session(), note.comment()),
                header.voters(),
                size);
    }
}
