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
        return of(octets, octets.length);
    }

    /// The digest of the first `length` octets.
    static Digest of(byte[] octets, int length) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(octets, 0, length);
            return parse(new OctetReader(sha256.digest()));
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
