package net.testudo.element.wire.cluster;

import java.nio.charset.StandardCharsets;
import net.testudo.element.management.Content;

/// A configuration revision.
///
/// @param header its identity
/// @param content its content; `header.contentHash()` is its hash
public record Revision(RevisionHeader header, Content content) {
    /// The hash of a content.
    public static Digest hash(Content content) {
        return Digest.of(octets(content));
    }

    /// The octets that are hashed.
    public static byte[] octets(Content content) {
        return new OctetWriter(
                        content.configuration().length() + content.secrets().length() + 16)
                .blob(content.configuration().getBytes(StandardCharsets.UTF_8))
                .blob(content.secrets().getBytes(StandardCharsets.UTF_8))
                .toOctets();
    }

    /// The number of the revision.
    public long number() {
        return header.number();
    }

    public void emit(OctetWriter out) {
        header.emit(out);
        out.longText(content.configuration()).longText(content.secrets());
    }

    public static Revision parse(OctetReader in) {
        Revision revision = new Revision(RevisionHeader.parse(in), new Content(in.longText(), in.longText()));
        if (!in.sound() || !hash(revision.content).equals(revision.header.contentHash())) {
            in.reject();
        }
        return revision;
    }
}
