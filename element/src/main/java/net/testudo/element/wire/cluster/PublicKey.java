package net.testudo.element.wire.cluster;

import java.util.HexFormat;

/// A public key (X25519, RFC 7748 §5), 32 octets as four words.
public record PublicKey(long w0, long w1, long w2, long w3) {
    /// The key with these 64 hexadecimal digits.
    public static PublicKey of(String hex) {
        return parse(new OctetReader(HexFormat.of().parseHex(hex)));
    }

    static PublicKey parse(OctetReader in) {
        return new PublicKey(in.i64(), in.i64(), in.i64(), in.i64());
    }

    void emit(OctetWriter out) {
        out.i64(w0).i64(w1).i64(w2).i64(w3);
    }

    /// 64 hexadecimal digits.
    public String hex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(w0) + hex.toHexDigits(w1) + hex.toHexDigits(w2) + hex.toHexDigits(w3);
    }
}
