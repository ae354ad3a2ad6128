package net.testudo.agent.keystore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;

/// An SSH host key: ECDSA on the curve P-256, which every SSH client knows. As text it is the private key alone
/// (PKCS #8, base64); the public key is computed from it.
public final class HostKey {
    private static final String CURVE = "secp256r1";

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

    /// The device's own key in `file`, which is made, readable by its owner only, if it is not there.
    ///
    /// @throws IOException if the file cannot be read or made, or holds no key
    public static KeyPair ofDevice(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                PrivateFile.create(file, generate() + "\n");
            } catch (FileAlreadyExistsException e) {
                throw new IOException("another process makes " + file + " at this moment; start again", e);
            }
        }
        return parse(Files.readString(file, StandardCharsets.US_ASCII))
                .orElseThrow(() -> new IOException(
                        file + " holds no host key; remove the file, and a new one is made at the next start"));
    }
}
