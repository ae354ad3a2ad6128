package net.testudo.element.wire.cluster;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 digest (FIPS 180-4), 32 octets as four words.
public record Digest(long w0, long w1, long w2, long w3) {
    /// The parent of the first revision.
    public static final Digest ZERO = new Digest(0, 0, 0, 0);

    /// The digest of `octets`.
    public static Digest of(byte[] octets) {
        try {
            return parse(new OctetReader(MessageDigest.getInstance("SHA-256").digest(octets)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static Digest parse(OctetReader in) {
        return new Digest(in.i64(), in.i64(), in.i64(), in.i64());
    }

    public void emit(OctetWriter out) {
        out.i64(w0).i64(w1).i64(w2).i64(w3);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(w0) + hex.toHexDigits(w1) + hex.toHexDigits(w2) + hex.toHexDigits(w3);
    }
}
