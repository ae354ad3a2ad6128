package net.testudo.element.wire.cluster;

import net.testudo.element.management.Content;
import net.testudo.element.wire.cluster.KeptMessage.ContentReply;
import net.testudo.element.wire.cluster.KeptMessage.ContentRequest;
import net.testudo.element.wire.cluster.KeptMessage.ListReply;
import net.testudo.element.wire.cluster.KeptMessage.ListRequest;
import org.jspecify.annotations.Nullable;

/// Messages about kept revisions as octets: one octet of type, then the fields in order.
final class KeptCodec {
    private static final int LIST_REQUEST = 1;
    private static final int LIST_REPLY = 2;
    private static final int CONTENT_REQUEST = 3;
    private static final int CONTENT_REPLY = 4;

    private KeptCodec() {}

    static void emit(OctetWriter out, KeptMessage message) {
        switch (message) {
            case ListRequest m -> m.dismissed().emit(out.u8(LIST_REQUEST).i64(m.id()));
            case ListReply m -> OrphanNote.emit(m.orphans(), out.u8(LIST_REPLY).i64(m.id()));
            case ContentRequest m -> m.hash().emit(out.u8(CONTENT_REQUEST).i64(m.id()));
            case ContentReply m ->
                out.u8(CONTENT_REPLY)
                        .i64(m.id())
                        .bool(m.held())
                        .longText(m.content().configuration())
                        .longText(m.content().secrets());
        }
    }

    /// The message, or null if there is no such type.
    static @Nullable KeptMessage parse(OctetReader in) {
        return switch (in.u8()) {
            case LIST_REQUEST -> new ListRequest(in.i64(), Digest.parse(in));
            case LIST_REPLY -> new ListReply(in.i64(), OrphanNote.list(in));
            case CONTENT_REQUEST -> new ContentRequest(in.i64(), Digest.parse(in));
            case CONTENT_REPLY -> new ContentReply(in.i64(), in.bool(), new Content(in.longText(), in.longText()));
            default -> null;
        };
    }
}
