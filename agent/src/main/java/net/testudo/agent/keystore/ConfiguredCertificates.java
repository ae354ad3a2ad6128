package net.testudo.agent.keystore;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// Certificates and private keys as RFC 9640 has them in configurations: DER in base64.
public final class ConfiguredCertificates {
    private static final byte[] SAMPLE = {1, 2, 3, 4};

    private ConfiguredCertificates() {}

    /// A server's key with its certificate first, and those of the authorities above it.
    ///
    /// @param key secret
    public record Identity(PrivateKey key, List<X509Certificate> chain) {
        @Override
        public String toString() {
            return "Identity[" + chain.getFirst().getSubjectX500Principal() + "]";
        }
    }

    /// The certificates of a CMS structure (`openssl crl2pkcs7 -nocrl`), or of a single one (X.509).
    ///
    /// @throws CertificateException if there is none; the message says what to do
    public static List<X509Certificate> certificates(String base64) throws CertificateException {
        List<X509Certificate> found = new ArrayList<>();
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(Base64.getDecoder().decode(base64)))
                    .forEach(certificate -> found.add((X509Certificate) certificate));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new CertificateException("this is no certificate in CMS or X.509 (DER, base64)", e);
        }
        if (found.isEmpty()) {
            throw new CertificateException("there is no certificate in this CMS structure");
        }
        return found;
    }

    /// A private key in PKCS #8, of the kinds that TLS 1.3 signs with.
    ///
    /// @throws CertificateException if it is none; the message never shows it
    public static PrivateKey privateKey(String base64) throws CertificateException {
        try {
            byte[] octets = Base64.getDecoder().decode(base64);
            var algorithm =
                    PrivateKeyInfo.getInstance(octets).getPrivateKeyAlgorithm().getAlgorithm();
            String name;
            if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
                name = "EC";
            } else if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
                name = "RSA";
            } else {
                name = "EdDSA";
            }
            return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(octets));
        } catch (GeneralSecurityException | RuntimeException _) {
            throw new CertificateException("this is no private key of EC, RSA or EdDSA in PKCS #8 (DER, base64)");
        }
    }

    /// Puts a server's certificates in order.
    ///
    /// @throws CertificateException if none of them is for this key
    public static Identity identity(PrivateKey key, List<X509Certificate> certificates) throws CertificateException {
        List<X509Certificate> left = new ArrayList<>(certificates);
        X509Certificate own = left.stream()
                .filter(certificate -> isPair(key, certificate))
                .findFirst()
                .orElseThrow(() ->
                        new CertificateException("none of the certificates has the public key of the private key"));
        List<X509Certificate> chain = new ArrayList<>();
        for (Optional<X509Certificate> next = Optional.of(own);
                next.isPresent();
                next = issuer(chain.getLast(), left)) {
            chain.add(next.get());
            left.remove(next.get());
        }
        return new Identity(key, List.copyOf(chain));
    }

    /// The one of `candidates` that signed `certificate`.
    public static Optional<X509Certificate> issuer(X509Certificate certificate, List<X509Certificate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(candidate -> isSignedBy(certificate, candidate))
                .findFirst();
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static boolean isPair(PrivateKey key, X509Certificate certificate) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "EdDSA";
        };
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(SAMPLE);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(SAMPLE);
            return verifying.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
