package net.testudo.agent.keystore;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;

/// A fingerprint of a certificate (`tls-fingerprint` of RFC 7407): the number of a hash algorithm of RFC 5246, then
/// the hash.
///
/// @param algorithm as Java calls it
/// @param hash in hexadecimal
public record Fingerprint(String algorithm, String hash) {
    private enum Algorithm {
        SHA_1(2, 20),
        SHA_224(3, 28),
        SHA_256(4, 32),
        SHA_384(5, 48),
        SHA_512(6, 64);

        private final int number;
        private final int octets;

        Algorithm(int number, int octets) {
            this.number = number;
            this.octets = octets;
        }
    }

    private static final HexFormat HEX = HexFormat.of();

    /// The fingerprint in `text`, octets in hexadecimal with colons between; nothing if the algorithm is not known or
    /// makes hashes of another length.
    public static Optional<Fingerprint> parse(String text) {
        byte[] octets;
        try {
            octets = HexFormat.ofDelimiter(":").parseHex(text);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        for (Algorithm algorithm : Algorithm.values()) {
            if (octets.length == 1 + algorithm.octets && octets[0] == algorithm.number) {
                return Optional.of(
                        new Fingerprint(algorithm.name().replace('_', '-'), HEX.formatHex(octets, 1, octets.length)));
            }
        }
        return Optional.empty();
    }

    /// Whether it is the one of `certificate`.
    public boolean isOf(X509Certificate certificate) {
        try {
            return HEX.formatHex(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()))
                    .equals(hash);
        } catch (NoSuchAlgorithmException | CertificateEncodingException _) {
            return false;
        }
    }
}
