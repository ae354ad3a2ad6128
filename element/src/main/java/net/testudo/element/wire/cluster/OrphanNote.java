package net.testudo.element.wire.cluster;

import java.util.List;

/// What is known of a decided revision that the cluster's line does not hold, beside its content.
///
/// @param header of the revision
/// @param instead hash of the revision that the cluster's line has under this number, [Digest#ZERO] if it is not known
/// @param keptMs when it was found not to be on the line, by the wall clock of its device (Unix time); 0 if unknown
/// @param size of its content in characters, -1 if the content is not held
public record OrphanNote(RevisionHeader header, Digest instead, long keptMs, long size) {
    /// By which a list is told from another; 0 for an empty one.
    public static long mark(List<OrphanNote> list) {
        if (list.isEmpty()) {
            return 0;
        }
        OctetWriter out = new OctetWriter(256);
        emit(list, out);
        return Digest.of(out.toOctets()).w0() | 1;
    }

    static void emit(List<OrphanNote> list, OctetWriter out) {
        out.u16(list.size());
        list.forEach(note -> note.emit(out));
    }

    static List<OrphanNote> list(OctetReader in) {
        return in.list(OrphanNote::parse);
    }

    /// Appends it to `out`.
    public void emit(OctetWriter out) {
        header.emit(out);
        instead.emit(out);
        out.i64(keptMs).i64(size);
    }

    /// Reads what [#emit] wrote.
    public static OrphanNote parse(OctetReader in) {
        return new OrphanNote(RevisionHeader.parse(in), Digest.parse(in), in.i64(), in.i64());
    }
}
