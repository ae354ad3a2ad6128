package net.testudo.agent.netconf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// Certificates and keys that OpenSSL makes, and the configuration for them.
final class TestCertificates {
    static final String MODULE = "urn:ietf:params:xml:ns:yang:ietf-netconf-server";
    private static final String MAPPING = "urn:ietf:params:xml:ns:yang:ietf-x509-cert-to-name";
    private static final String CRYPTO = "urn:ietf:params:xml:ns:yang:ietf-crypto-types";

    private final Path directory;
    private final TestServer runner;

    /// Makes an authority `ca`, and of it the server `server` and the client `client` with the DNS name `guard`.
    TestCertificates(Path directory, TestServer runner) throws IOException, InterruptedException {
        this.directory = directory;
        this.runner = runner;
        alone("ca");
        issued("server", "IP:127.0.0.1");
        issued("client", "DNS:guard,email:guard@Example.COM");
    }

    /// Makes a certificate that signs itself.
    void alone(String name) throws IOException, InterruptedException {
        make(name, List.of());
    }

    /// Makes a certificate of the authority.
    void issued(String name, String alternativeNames) throws IOException, InterruptedException {
        make(
                name,
                List.of(
                        "-CA",
                        file("ca.crt"),
                        "-CAkey",
                        file("ca.key"),
                        "-addext",
                        "basicConstraints=critical,CA:FALSE",
                        "-addext",
                        "subjectAltName=" + alternativeNames));
    }

    private void make(String name, List<String> more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                file(name + ".key"),
                "-out",
                file(name + ".crt")));
        command.addAll(more);
        runner.run(command.toArray(String[]::new));
        runner.run(
                "openssl",
                "crl2pkcs7",
                "-nocrl",
                "-certfile",
                file(name + ".crt"),
                "-outform",
                "DER",
                "-out",
                file(name + ".p7"));
        runner.run(
                "openssl",
                "pkcs8",
                "-topk8",
                "-nocrypt",
                "-in",
                file(name + ".key"),
                "-outform",
                "DER",
                "-out",
                file(name + ".p8"));
        runner.run("openssl", "x509", "-in", file(name + ".crt"), "-outform", "DER", "-out", file(name + ".der"));
    }

    String file(String name) {
        return directory.resolve(name).toString();
    }

    /// A file in base64.
    String base64(String name) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(directory.resolve(name)));
    }

    /// The fingerprint of a certificate, with SHA-256.
    String fingerprint(String name) throws IOException {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(directory.resolve(name + ".der")));
            return "04:" + HexFormat.ofDelimiter(":").formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// An entry of `cert-to-name`.
    static String mapping(int id, String fingerprint, String type, String name) {
        return "<cert-to-name><id>" + id + "</id>"
                + (fingerprint.isEmpty() ? "" : "<fingerprint>" + fingerprint + "</fingerprint>")
                + "<map-type xmlns:x='" + MAPPING + "'>x:" + type + "</map-type>"
                + (name.isEmpty() ? "" : "<name>" + name + "</name>") + "</cert-to-name>";
    }

    /// The containers of TLS, with the certificate and key of `server`.
    ///
    /// @param believed `ca-certs` or `ee-certs`
    /// @param bag the certificate that is believed
    String tls(String server, String believed, String bag, String mappings) throws IOException {
        return """
                <tls-server-parameters>
                  <server-identity><certificate><inline-definition>
                    <private-key-format xmlns:ct='%s'>ct:one-asymmetric-key-format</private-key-format>
                    <cleartext-private-key>%s</cleartext-private-key>
                    <cert-data>%s</cert-data>
                  </inline-definition></certificate></server-identity>
                  <client-authentication><%s><inline-definition>
                    <certificate><name>one</name><cert-data>%s</cert-data></certificate>
                  </inline-definition></%s></client-authentication>
                </tls-server-parameters>
                <netconf-server-parameters><client-identity-mappings>%s</client-identity-mappings>
                </netconf-server-parameters>""".formatted(
                        CRYPTO,
                        base64(server + ".p8"),
                        base64(server + ".p7"),
                        believed,
                        base64(bag + ".p7"),
                        believed,
                        mappings);
    }

    /// A configuration that serves TLS at every address.
    static String listen(String tls) {
        return "<netconf-server xmlns='" + MODULE + "'><listen><endpoints><endpoint><name>tls</name><tls>"
                + "<tcp-server-parameters><local-bind><local-address>0.0.0.0</local-address></local-bind>"
                + "</tcp-server-parameters>" + tls + "</tls></endpoint></endpoints></listen></netconf-server>";
    }

    /// Begins a session by OpenSSL.
    RawSession connect(String client, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-quiet",
                "-verify_return_error",
                "-CAfile",
                file("ca.crt"),
                "-connect",
                "127.0.0.1:" + NetconfServer.TLS_PORT));
        if (!client.isEmpty()) {
            command.addAll(List.of("-cert", file(client + ".crt"), "-key", file(client + ".key")));
        }
        command.addAll(List.of(more));
        return new RawSession(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }
}
