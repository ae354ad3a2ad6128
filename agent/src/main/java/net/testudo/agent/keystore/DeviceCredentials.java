package net.testudo.agent.keystore;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/// What a device proves itself with, and whom it believes.
///
/// @param chain the device's certificate, then those between it and the authority
/// @param key of the device's certificate; secret
/// @param authorities whose certificates are believed
public record DeviceCredentials(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {
    public DeviceCredentials {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
    }

    /// Reads them.
    ///
    /// @param serial number that the device's certificate must carry
    /// @throws IOException if a file cannot be read, or they do not fit together; the message says which and why
    public static DeviceCredentials read(String serial, Path certificate, Path key, Path authorities)
            throws IOException {
        DeviceCredentials credentials = new DeviceCredentials(
                PemFiles.readCertificates(certificate), PemFiles.readKey(key), PemFiles.readCertificates(authorities));
        X509Certificate own = credentials.chain().getFirst();
        String named = serialNumber(own).orElse("");
        if (!named.equals(serial)) {
            throw new IOException(certificate + " is a certificate of "
                    + (named.isEmpty() ? "no serial number" : "device " + named) + ", not of " + serial);
        }
        if (!belongTogether(own, credentials.key())) {
            throw new IOException("the key in " + key + " is not that of the certificate in " + certificate);
        }
        return credentials;
    }

    /// The serial number of the device that a certificate names in its subject (IEEE 802.1AR: attribute serialNumber).
    public static Optional<String> serialNumber(X509Certificate certificate) {
        RDN[] found = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .getRDNs(BCStyle.SERIALNUMBER);
        return found.length == 1
                ? Optional.of(IETFUtils.valueToString(found[0].getFirst().getValue()))
                : Optional.empty();
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        try {
            String algorithm = key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm();
            Signature signature = Signature.getInstance("SHA256with" + algorithm);
            signature.initSign(key);
            byte[] proof = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            return signature.verify(proof);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "DeviceCredentials[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
