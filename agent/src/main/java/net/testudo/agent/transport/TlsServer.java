package net.testudo.agent.transport;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import net.testudo.agent.keystore.ConfiguredCertificates;
import net.testudo.agent.northbound.netconfserver.TlsParameters;

/// A server's side of TLS 1.3 as configured: it shows its certificate, and demands one of the client.
public final class TlsServer {
    private static final String VERSION = "TLSv1.3";

    private final TlsParameters parameters;
    private final List<X509Certificate> authorities;
    private final SslContext context;

    /// @throws GeneralSecurityException if keys and certificates do not fit together; the message says why
    public TlsServer(TlsParameters parameters) throws GeneralSecurityException {
        this.parameters = parameters;
        authorities = all(parameters.authorities());
        ConfiguredCertificates.Identity identity = ConfiguredCertificates.identity(
                ConfiguredCertificates.privateKey(parameters.privateKey()),
                ConfiguredCertificates.certificates(parameters.certificate()));
        try {
            context = SslContextBuilder.forServer(
                            identity.key(), identity.chain().toArray(X509Certificate[]::new))
                    .trustManager(new ClientTrust(authorities, all(parameters.clients())))
                    .clientAuth(ClientAuth.REQUIRE)
                    .protocols(VERSION)
                    .build();
        } catch (SSLException e) {
            throw new GeneralSecurityException("TLS 1.3 cannot be served with these certificates", e);
        }
    }

    private static List<X509Certificate> all(List<TlsParameters.Bag> bags) throws CertificateException {
        List<X509Certificate> all = new ArrayList<>();
        for (TlsParameters.Bag bag : bags) {
            all.addAll(ConfiguredCertificates.certificates(bag.data()));
        }
        return all;
    }

    /// For connections.
    public SslContext context() {
        return context;
    }

    /// The user that a client who was let in stands for.
    ///
    /// @param presented the client's certificates, its own first
    public Optional<String> user(List<X509Certificate> presented) {
        return CertificateUser.of(presented, authorities, parameters.mappings());
    }
}
