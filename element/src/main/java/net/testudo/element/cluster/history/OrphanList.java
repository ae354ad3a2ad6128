package net.testudo.element.cluster.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.testudo.element.management.Content;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;
import net.testudo.element.wire.cluster.OrphanNote;
import net.testudo.element.wire.cluster.RevisionHeader;
import org.jspecify.annotations.Nullable;

/// Decided revisions that the cluster's line does not hold, kept for the operator until they are dismissed.
///
/// @param orphans newest first
public record OrphanList(List<Orphan> orphans) {
    /// There is none.
    public static final OrphanList EMPTY = new OrphanList(List.of());
    /// How many are kept at most; the oldest go first.
    static final int COUNT_MAX = 8;
    /// How many characters all contents but the newest have together at most.
    static final int CHARACTERS_MAX = 512 * 1024;

    /// One of them.
    ///
    /// @param note what is known of it
    /// @param content its content, null if that is not held
    public record Orphan(OrphanNote note, @Nullable Content content) {}

    /// Keeps its own copy of the list.
    public OrphanList {
        orphans = List.copyOf(orphans);
    }

    /// What is known of them.
    public List<OrphanNote> notes() {
        return orphans.stream().map(Orphan::note).toList();
    }

    /// The content with this hash, if it is held.
    public Optional<Content> content(Digest contentHash) {
        return orphans.stream()
                .filter(orphan -> orphan.note.header().contentHash().equals(contentHash))
                .flatMap(orphan -> Optional.ofNullable(orphan.content).stream())
                .findFirst();
    }

    /// This list without the revision with this hash.
    public OrphanList without(Digest revisionHash) {
        return new OrphanList(orphans.stream()
                .filter(orphan -> !orphan.note.header().hash().equals(revisionHash))
                .toList());
    }

    /// This list and what gets lost when `next` takes the place of `own`: the newest revision that `next` does not
    /// hold, and those before it whose contents were others.
    ///
    /// @param own with the contents that `archive` holds
    /// @param keptMs the time, by the wall clock
    public OrphanList plus(Line own, ContentArchive archive, Line next, long keptMs) {
        List<Orphan> all = new ArrayList<>();
        Digest newer = null;
        for (RevisionHeader header : own.headers().reversed()) {
            RevisionHeader instead = next.header(header.number());
            if (header.equals(instead)) {
                if (all.size() > 1 && header.contentHash().equals(newer)) {
                    all.removeLast(); // both hold its content
                }
                break;
            }
            boolean shared = instead == null
                    && header.number() < next.headers().getFirst().number();
            if (!shared && !header.contentHash().equals(newer)) {
                newer = header.contentHash();
                all.add(orphan(
                        header, instead, archive.content(newer, own.newest().content()), keptMs));
            }
        }
        return plus(all);
    }

    private static Orphan orphan(
            RevisionHeader header, @Nullable RevisionHeader instead, Optional<Content> content, long keptMs) {
        long size = content.map(Content::characters).orElse(-1L);
        Digest hash = instead == null ? Digest.ZERO : instead.hash();
        return new Orphan(new OrphanNote(header, hash, keptMs, size), content.orElse(null));
    }

    private OrphanList plus(List<Orphan> newer) {
        List<Orphan> kept = new ArrayList<>();
        long characters = 0;
        List<Orphan> all = new ArrayList<>(newer);
        all.addAll(orphans);
        for (Orphan orphan : all) {
            boolean known = kept.stream().anyMatch(k -> k.note.header().equals(orphan.note.header()));
            if (known || kept.size() == COUNT_MAX) {
                continue;
            }
            characters += kept.isEmpty() ? 0 : Math.max(0, orphan.note.size());
            kept.add(characters <= CHARACTERS_MAX ? orphan : bare(orphan.note));
        }
        return new OrphanList(kept);
    }

    private static Orphan bare(OrphanNote note) {
        return new Orphan(new OrphanNote(note.header(), note.instead(), note.keptMs(), -1), null);
    }

    /// Appends it to `out`.
    public void emit(OctetWriter out) {
        out.u16(orphans.size());
        for (Orphan orphan : orphans) {
            orphan.note.emit(out);
            Content content = orphan.content;
            out.bool(content != null);
            if (content != null) {
                out.longText(content.configuration()).longText(content.secrets());
            }
        }
    }

    /// Reads what [#emit] wrote.
    public static OrphanList parse(OctetReader in) {
        return new OrphanList(in.list(from -> {
            OrphanNote note = OrphanNote.parse(from);
            return new Orphan(note, from.bool() ? new Content(from.longText(), from.longText()) : null);
        }));
    }
}
