package net.testudo.agent.keystore;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/// Certificates and private keys in files, in the form that OpenSSL reads and writes (RFC 7468).
public final class PemFiles {
    private PemFiles() {}

    /// Writes a certificate to a new file.
    ///
    /// @throws IOException if the file is there already or cannot be written
    public static void writeCertificate(Path file, X509Certificate certificate) throws IOException {
        Files.writeString(file, pem(certificate), StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW);
    }

    /// Writes a private key, in the clear, to a new file that only its owner may read.
    ///
    /// @throws IOException if the file is there already or cannot be written
    public static void writeKey(Path file, PrivateKey key) throws IOException {
        PrivateFile.create(file, pem(new JcaPKCS8Generator(key, null)));
    }

    private static String pem(Object content) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(content);
        }
        return text.toString();
    }

    /// The certificates in a file, at least one, in the order in which they stand there.
    ///
    /// @throws IOException if there are none; the message names the file
    public static List<X509Certificate> readCertificates(Path file) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .forEach(certificate -> found.add((X509Certificate) certificate));
        } catch (CertificateException e) {
            throw new IOException(file + " holds no certificate in PEM form: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new IOException(file + " holds no certificate in PEM form");
        }
        return found;
    }

    /// The private key in a file, in the form of PKCS #8 or of OpenSSL, not encrypted.
    ///
    /// @throws IOException if there is none; the message names the file and never shows its content
    public static PrivateKey readKey(Path file) throws IOException {
        try (PEMParser parser = new PEMParser(Files.newBufferedReader(file, StandardCharsets.US_ASCII))) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                if (object instanceof PrivateKeyInfo key) {
                    return converter.getPrivateKey(key);
                }
                if (object instanceof PEMKeyPair pair) {
                    return converter.getKeyPair(pair).getPrivate();
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    file + " cannot be read as a private key: " + e.getClass().getSimpleName(), e);
        }
        throw new IOException(file + " holds no private key that is not encrypted, in PEM form");
    }
}
