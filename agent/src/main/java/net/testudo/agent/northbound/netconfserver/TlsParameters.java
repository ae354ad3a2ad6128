package net.testudo.agent.northbound.netconfserver;

import java.util.Comparator;
import java.util.List;
import net.testudo.agent.datastore.ContentTree;

/// How a server of NETCONF over TLS shows itself, and whom it believes. Certificates and keys are as configured, in
/// base64, and may be broken.
///
/// @param privateKey PKCS #8; secret
/// @param certificate of the server, with those of authorities between
/// @param authorities by which clients are believed
/// @param clients certificates of clients that are believed by themselves
/// @param mappings from certificates to users, in the order in which they are tried
/// @param path of the container `tls`
public record TlsParameters(
        String privateKey,
        String publicKey,
        String certificate,
        List<Bag> authorities,
        List<Bag> clients,
        List<CertToName> mappings,
        String path) {
    /// Certificates under one name.
    ///
    /// @param data in base64
    /// @param path of the entry
    public record Bag(String data, String path) {}

    static TlsParameters of(ContentTree tls) {
        ContentTree server = tls.child("tls-server-parameters").orElse(tls);
        ContentTree identity = server.child("server-identity", "certificate", "inline-definition")
                .orElse(server);
        return new TlsParameters(
                identity.leaf("cleartext-private-key", ""),
                identity.leaf("public-key", ""),
                identity.leaf("cert-data", ""),
                bags(server, "ca-certs"),
                bags(server, "ee-certs"),
                tls.child("netconf-server-parameters", "client-identity-mappings").stream()
                        .flatMap(mappings -> mappings.entries("cert-to-name").stream())
                        .map(CertToName::of)
                        .sorted(Comparator.comparingLong(CertToName::id))
                        .toList(),
                tls.path());
    }

    private static List<Bag> bags(ContentTree server, String kind) {
        return server.child("client-authentication", kind, "inline-definition").stream()
                .flatMap(inline -> inline.entries("certificate").stream())
                .map(entry -> new Bag(entry.leaf("cert-data", ""), entry.path()))
                .toList();
    }

    /// The path of the server's own certificate and key.
    String identityPath() {
        return path + "/ietf-netconf-server:tls-server-parameters/ietf-netconf-server:server-identity"
                + "/ietf-netconf-server:certificate/ietf-netconf-server:inline-definition";
    }

    @Override
    public String toString() {
        return "TlsParameters[" + path + "]";
    }
}
