package net.testudo.agent.northbound.netconfserver;

import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.ContentRule;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.keystore.ConfiguredCertificates;
import net.testudo.agent.keystore.Fingerprint;
import net.testudo.element.management.Content;

/// What YANG cannot say of transports: certificates can be read, and belong to their keys. Without this a commit would
/// be acknowledged after which nobody could connect.
public final class TransportRule implements ContentRule {
    private static final String LEAF = "/" + NetconfServerConfig.MODULE + ":";

    @Override
    public List<RpcError> faults(Content content) {
        List<RpcError> faults = new ArrayList<>();
        try {
            NetconfServerConfig.of(content).tls().forEach(tls -> check(tls, faults));
        } catch (CanonicalFormException e) {
            throw new IllegalStateException("what the server wrote itself is in canonical form", e);
        }
        return faults;
    }

    private static void check(TlsParameters tls, List<RpcError> faults) {
        identity(tls, faults);
        for (List<TlsParameters.Bag> bags : List.of(tls.authorities(), tls.clients())) {
            for (TlsParameters.Bag bag : bags) {
                try {
                    ConfiguredCertificates.certificates(bag.data());
                } catch (CertificateException e) {
                    faults.add(fault("certificate-invalid", bag.path() + LEAF + "cert-data", e));
                }
            }
        }
        for (CertToName mapping : tls.mappings()) {
            if (!mapping.fingerprint().isEmpty()
                    && Fingerprint.parse(mapping.fingerprint()).isEmpty()) {
                faults.add(RpcError.application(
                        "operation-failed",
                        "fingerprint-invalid",
                        mapping.path() + LEAF + "fingerprint",
                        "a fingerprint begins with the number of its hash algorithm, 02 (SHA-1) to 06 (SHA-512), and"
                                + " has as many octets as that makes"));
            }
        }
    }

    private static void identity(TlsParameters tls, List<RpcError> faults) {
        String at = tls.identityPath();
        if (tls.certificate().isEmpty() || tls.privateKey().isEmpty()) {
            faults.add(RpcError.application(
                    "operation-failed",
                    "certificate-missing",
                    at,
                    "a server needs a certificate (cert-data) and its private key (cleartext-private-key)"));
            return;
        }
        PrivateKey key;
        try {
            key = ConfiguredCertificates.privateKey(tls.privateKey());
        } catch (CertificateException e) {
            faults.add(fault("private-key-invalid", at + LEAF + "cleartext-private-key", e));
            return;
        }
        try {
            X509Certificate own = ConfiguredCertificates.identity(
                            key, ConfiguredCertificates.certificates(tls.certificate()))
                    .chain()
                    .getFirst();
            if (!tls.publicKey().isEmpty()
                    && !Arrays.equals(
                            Base64.getDecoder().decode(tls.publicKey()),
                            own.getPublicKey().getEncoded())) {
                faults.add(RpcError.application(
                        "operation-failed",
                        "public-key-mismatch",
                        at + LEAF + "public-key",
                        "this is not the public key of the certificate; leave it out, or write that one"));
            }
        } catch (CertificateException e) {
            faults.add(fault("certificate-invalid", at + LEAF + "cert-data", e));
        }
    }

    private static RpcError fault(String appTag, String path, CertificateException e) {
        return RpcError.application("operation-failed", appTag, path, String.valueOf(e.getMessage()));
    }
}
