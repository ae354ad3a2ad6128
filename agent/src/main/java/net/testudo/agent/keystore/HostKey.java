package net.testudo.agent.keystore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;

/// An SSH host key: ECDSA on the curve P-256, which every SSH client knows. As text it is the private key alone
/// (PKCS #8, base64); the public key is computed from it.
public final class HostKey {
    private static final String CURVE = "secp256r1";
    private static final String SSH_CURVE = "nistp256";

    private HostKey() {}

    /// A new key, as text.
    public static String generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE), new SecureRandom());
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CURVE, e);
        }
    }

    /// The key pair of a text, or nothing if the text is no such key.
    public static Optional<KeyPair> parse(String text) {
        try {
            byte[] encoded = Base64.getDecoder().decode(text.strip());
            KeyFactory factory = KeyFactory.getInstance("EC");
            if (!(factory.generatePrivate(new PKCS8EncodedKeySpec(encoded)) instanceof ECPrivateKey key)) {
                return Optional.empty();
            }
            ECNamedCurveParameterSpec curve = ECNamedCurveTable.getParameterSpec(CURVE);
            var point = curve.getG().multiply(key.getS()).normalize();
            ECPoint coordinates = new ECPoint(
                    point.getAffineXCoord().toBigInteger(),
                    point.getAffineYCoord().toBigInteger());
            return Optional.of(
                    new KeyPair(factory.generatePublic(new ECPublicKeySpec(coordinates, key.getParams())), key));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The fingerprint of the public key as OpenSSH prints it (RFC 5656 §3.1, SHA-256 in base64 without padding), or
    /// nothing if the text is no key.
    public static Optional<String> fingerprint(String text) {
        return parse(text).map(KeyPair::getPublic).map(key -> {
            ByteBuffer encoded = ByteBuffer.allocate(256);
            for (byte[] part : List.of(
                    ("ecdsa-sha2-" + SSH_CURVE).getBytes(StandardCharsets.US_ASCII),
                    SSH_CURVE.getBytes(StandardCharsets.US_ASCII),
                    point((ECPublicKey) key))) {
                encoded.putInt(part.length).put(part);
            }
            byte[] octets = Arrays.copyOf(encoded.array(), encoded.position());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(sha256(octets));
        });
    }

    /// Uncompressed (SEC 1 §2.3.3).
    private static byte[] point(ECPublicKey key) {
        return ECNamedCurveTable.getParameterSpec(CURVE)
                .getCurve()
                .createPoint(key.getW().getAffineX(), key.getW().getAffineY())
                .getEncoded(false);
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
