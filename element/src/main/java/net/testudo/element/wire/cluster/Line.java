package net.testudo.element.wire.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The decided revisions: the headers of the newest ones, oldest first, and the content of the last.
///
/// @param headers at most [#HEADER_COUNT_MAX], each the parent of the next; the last is that of `newest`
/// @param newest the newest decided revision
public record Line(List<RevisionHeader> headers, Revision newest) {
    /// How many headers are kept.
    public static final int HEADER_COUNT_MAX = 64;

    public Line {
        headers = List.copyOf(headers);
    }

    /// A line that begins with `first`.
    public static Line of(Revision first) {
        return new Line(List.of(first.header()), first);
    }

    /// This line and the next revision.
    public Line plus(Revision next) {
        int from = Math.max(0, headers.size() + 1 - HEADER_COUNT_MAX);
        List<RevisionHeader> longer = new java.util.ArrayList<>(headers.subList(from, headers.size()));
        longer.add(next.header());
        return new Line(longer, next);
    }

    /// The number of the newest revision.
    public long number() {
        return newest.number();
    }

    /// The header of revision `number`, or null if it is not kept.
    public @Nullable RevisionHeader header(long number) {
        long index = number - headers.getFirst().number();
        return index >= 0 && index < headers.size() ? headers.get((int) index) : null;
    }

    /// Whether both lines hold the same revision at every number that both keep.
    public boolean agreesWith(Line other) {
        for (RevisionHeader header : headers) {
            RevisionHeader counterpart = other.header(header.number());
            if (counterpart != null && !counterpart.equals(header)) {
                return false;
            }
        }
        return true;
    }

    public void emit(OctetWriter out) {
        out.u16(headers.size());
        headers.forEach(header -> header.emit(out));
        newest.emit(out);
    }

    public static Line parse(OctetReader in) {
        List<RevisionHeader> headers = in.list(RevisionHeader::parse);
        Revision newest = Revision.parse(in);
        if (headers.isEmpty()
                || headers.size() > HEADER_COUNT_MAX
                || !headers.getLast().equals(newest.header())
                || !linked(headers)) {
            in.reject();
        }
        return new Line(headers, newest);
    }

    private static boolean linked(List<RevisionHeader> headers) {
        for (int i = 1; i < headers.size(); i++) {
            RevisionHeader before = headers.get(i - 1);
            RevisionHeader header = headers.get(i);
            if (header.number() != before.number() + 1 || !header.parent().equals(before.hash())) {
                return false;
            }
        }
        return true;
    }
}
