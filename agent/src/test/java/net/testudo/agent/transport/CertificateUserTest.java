package net.testudo.agent.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.testudo.agent.keystore.Fingerprint;
import net.testudo.agent.northbound.netconfserver.CertToName;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateUserTest {
    private static final GeneralName[] NAMES = {
        new GeneralName(GeneralName.dNSName, "Ops.Example.COM"),
        new GeneralName(GeneralName.rfc822Name, "FooBar@Example.COM"),
        new GeneralName(GeneralName.iPAddress, "192.0.2.1"),
    };

    private final KeyPair root = key();
    private final KeyPair between = key();
    private final X509Certificate rootCertificate = certificate("root", root, "root", root);
    private final X509Certificate betweenCertificate = certificate("between", between, "root", root);
    private final X509Certificate client = certificate("client", key(), "between", between, NAMES);

    private static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(
            String name, KeyPair key, String issuer, KeyPair signing, GeneralName... alternatives) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=" + issuer + ",O=Example"),
                    BigInteger.ONE,
                    Date.from(Instant.EPOCH),
                    Date.from(Instant.EPOCH.plus(Duration.ofDays(36_500))),
                    new X500Name("CN=" + name + ",O=Example"),
                    key.getPublic());
            if (alternatives.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signing.getPrivate())));
        } catch (java.security.GeneralSecurityException
                | java.io.IOException
                | org.bouncycastle.operator.OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String fingerprint(String number, String algorithm, X509Certificate of) {
        try {
            byte[] hash = MessageDigest.getInstance(algorithm).digest(of.getEncoded());
            return number + ":" + HexFormat.ofDelimiter(":").formatHex(hash);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<String> user(CertToName... mappings) {
        return CertificateUser.of(List.of(client, betweenCertificate), List.of(rootCertificate), List.of(mappings));
    }

    private static CertToName mapping(String fingerprint, String type) {
        return new CertToName(1, fingerprint, type, type.equals("specified") ? "named" : "", "");
    }

    @ParameterizedTest
    @CsvSource({
        "specified, named",
        "san-dns-name, ops.example.com",
        "san-rfc822-name, FooBar@example.com",
        "san-ip-address, 192.0.2.1",
        "san-any, ops.example.com",
        "common-name, client",
    })
    void eachKindOfMappingMakesItsName(String type, String expected) {
        assertEquals(Optional.of(expected), user(mapping("", type)));
    }

    @Test
    void ipv6IsWrittenAsDigitsOnly() {
        X509Certificate other =
                certificate("other", key(), "root", root, new GeneralName(GeneralName.iPAddress, "2001:db8::1"));
        assertEquals(
                Optional.of("20010db8000000000000000000000001"),
                CertificateUser.of(List.of(other), List.of(rootCertificate), List.of(mapping("", "san-ip-address"))));
    }

    @Test
    void aMappingWithoutANameForThisCertificateIsPassedOver() {
        X509Certificate plain = certificate("plain", key(), "root", root);
        assertEquals(
                Optional.of("plain"),
                CertificateUser.of(
                        List.of(plain),
                        List.of(rootCertificate),
                        List.of(mapping("", "san-any"), mapping("", "unknown-type"), mapping("", "common-name"))));
        assertEquals(
                Optional.empty(),
                CertificateUser.of(List.of(plain), List.of(rootCertificate), List.of(mapping("", "san-dns-name"))));
    }

    @Test
    void theFingerprintIsOfTheClientOrOfAnAuthorityAboveIt() {
        assertEquals(Optional.of("named"), user(mapping(fingerprint("04", "SHA-256", client), "specified")));
        assertEquals(Optional.of("named"), user(mapping(fingerprint("06", "SHA-512", rootCertificate), "specified")));
        // Only certificates that are configured decide, not what the client brings along.
        assertEquals(Optional.empty(), user(mapping(fingerprint("04", "SHA-256", betweenCertificate), "specified")));
        X509Certificate stranger = certificate("root", key(), "root", root);
        assertEquals(
                Optional.empty(),
                CertificateUser.of(
                        List.of(client),
                        List.of(rootCertificate, stranger),
                        List.of(mapping(fingerprint("04", "SHA-256", stranger), "specified"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "04",
                "04:00",
                "xx",
                "09:00:00",
                "04:zz",
                "01:d4:1d:8c:d9:8f:00:b2:04:e9:80:09:98:ec:f8:42:7e",
            })
    void whatIsNoFingerprintIsNone(String text) {
        assertTrue(Fingerprint.parse(text).isEmpty());
    }

    @Test
    void aFingerprintIsOfOneCertificate() {
        Fingerprint fingerprint =
                Fingerprint.parse(fingerprint("05", "SHA-384", client)).orElseThrow();
        assertTrue(fingerprint.isOf(client));
        assertFalse(fingerprint.isOf(rootCertificate));
    }
}
