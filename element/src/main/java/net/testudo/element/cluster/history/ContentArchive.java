package net.testudo.element.cluster.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.testudo.element.management.Content;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.Line;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.RevisionHeader;

/// The contents of older revisions, each as what differs from the next newer one; the newest of all is that of the
/// line. It belongs to exactly one line, and follows it.
///
/// ```
///  line.newest --splice--> entry 0 --splice--> entry 1 --splice--> ... the oldest
/// ```
///
/// @param entries newest first; neighbours have different contents
public record ContentArchive(List<Entry> entries) {
    /// Holds nothing.
    public static final ContentArchive EMPTY = new ContentArchive(List.of());
    /// How many characters it holds at most.
    static final int CHARACTERS_MAX = 256 * 1024;
    /// Of an entry that differs in nothing.
    private static final int ENTRY_CHARACTERS = 64;

    /// The content of an older revision.
    ///
    /// @param hash of the content
    /// @param configuration how it comes from the next newer content
    /// @param secrets the same
    record Entry(Digest hash, Splice configuration, Splice secrets) {
        private Optional<Content> from(Content newer) {
            String configured = configuration.apply(newer.configuration());
            String secret = secrets.apply(newer.secrets());
            return configured == null || secret == null
                    ? Optional.empty()
                    : Optional.of(new Content(configured, secret));
        }

        private long characters() {
            return (long) ENTRY_CHARACTERS
                    + configuration.middle().length()
                    + secrets.middle().length();
        }
    }

    /// Keeps its own copy of the list.
    public ContentArchive {
        entries = List.copyOf(entries);
    }

    /// The content with this hash, if it is held.
    ///
    /// @param newest the content of the line
    public Optional<Content> content(Digest hash, Content newest) {
        return Optional.ofNullable(contents(newest).get(hash));
    }

    /// All contents by hash, the newest too.
    private Map<Digest, Content> contents(Content newest) {
        Map<Digest, Content> contents = new HashMap<>();
        contents.put(Revision.hash(newest), newest);
        Content newer = newest;
        for (Entry entry : entries) {
            Optional<Content> content = entry.from(newer);
            if (content.isEmpty()) {
                break;
            }
            newer = content.get();
            contents.put(entry.hash, newer);
        }
        return contents;
    }

    /// The sizes of all contents in characters, by hash, but that of the newest.
    Map<Digest, Long> sizes() {
        Map<Digest, Long> sizes = new HashMap<>();
        for (Entry entry : entries) {
            sizes.put(entry.hash, entry.configuration.length() + entry.secrets.length());
        }
        return sizes;
    }

    /// The archive for `next`, which takes the place of `former`.
    public ContentArchive following(Line former, Line next) {
        if (former.agreesWith(next)) {
            return plus(former.newest(), next.newest());
        }
        Map<Digest, Content> known = contents(former.newest().content());
        return along(next, known);
    }

    /// Contents of the newest `depth` revisions of `line` that are not held, those of the newest revisions first.
    public List<Digest> missing(Line line, int depth) {
        Set<Digest> held = new HashSet<>();
        held.add(line.newest().header().contentHash());
        entries.forEach(entry -> held.add(entry.hash));
        return line.headers().reversed().stream()
                .limit(depth)
                .map(RevisionHeader::contentHash)
                .filter(hash -> !held.contains(hash))
                .distinct()
                .toList();
    }

    /// The archive of `line` with one more content, if there is room.
    public ContentArchive with(Line line, Content content) {
        Map<Digest, Content> known = contents(line.newest().content());
        known.put(Revision.hash(content), content);
        return along(line, known);
    }

    /// The archive of `line`, made of the contents that are known.
    private static ContentArchive along(Line line, Map<Digest, Content> known) {
        ContentArchive archive = EMPTY;
        Revision former = null;
        for (RevisionHeader header : line.headers()) {
            Content content =
                    header.equals(line.newest().header()) ? line.newest().content() : known.get(header.contentHash());
            if (content != null) {
                Revision next = new Revision(header, content);
                archive = former == null ? archive : archive.plus(former, next);
                former = next;
            }
        }
        return archive;
    }

    private ContentArchive plus(Revision former, Revision next) {
        Digest hash = former.header().contentHash();
        if (hash.equals(next.header().contentHash())) {
            return this;
        }
        Content from = next.content();
        List<Entry> longer = new ArrayList<>(entries);
        longer.addFirst(new Entry(
                hash,
                Splice.of(from.configuration(), former.content().configuration()),
                Splice.of(from.secrets(), former.content().secrets())));
        int kept = 0;
        long characters = 0;
        for (Entry entry : longer) {
            characters += entry.characters();
            if (characters > CHARACTERS_MAX || kept == Line.HEADER_COUNT_MAX) {
                break;
            }
            kept++;
        }
        return new ContentArchive(longer.subList(0, kept));
    }

    /// Appends it to `out`.
    public void emit(OctetWriter out) {
        out.u16(entries.size());
        for (Entry entry : entries) {
            entry.hash.emit(out);
            entry.configuration.emit(out);
            entry.secrets.emit(out);
        }
    }

    /// Reads what [#emit] wrote; what does not come from `newest` as its hashes say is malformed.
    public static ContentArchive parse(OctetReader in, Content newest) {
        ContentArchive archive = new ContentArchive(in.list(ContentArchive::entry));
        Content newer = newest;
        for (Entry entry : archive.entries) {
            Optional<Content> content =
                    entry.from(newer).filter(c -> Revision.hash(c).equals(entry.hash));
            if (content.isEmpty()) {
                in.reject();
                return EMPTY;
            }
            newer = content.get();
        }
        return archive;
    }

    private static Entry entry(OctetReader in) {
        return new Entry(Digest.parse(in), Splice.parse(in), Splice.parse(in));
    }
}
