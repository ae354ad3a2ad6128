package net.testudo.agent.transport;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Believes clients whose certificate is one of those that are named, or leads to an authority that is.
final class ClientTrust extends X509ExtendedTrustManager {
    private final List<X509Certificate> authorities;
    private final List<X509Certificate> clients;
    private final Optional<X509ExtendedTrustManager> paths;

    /// @throws GeneralSecurityException if an authority is none
    ClientTrust(List<X509Certificate> authorities, List<X509Certificate> clients) throws GeneralSecurityException {
        this.authorities = List.copyOf(authorities);
        this.clients = List.copyOf(clients);
        paths = authorities.isEmpty() ? Optional.empty() : Optional.of(paths(authorities));
    }

    private static X509ExtendedTrustManager paths(List<X509Certificate> authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry(Integer.toString(i), authorities.get(i));
            }
            factory.init(store);
        } catch (IOException e) {
            throw new IllegalStateException("an empty store needs no reading", e);
        }
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("this Java checks no paths of certificates");
    }

    /// Those that are believed by themselves need no authority, but must be valid now.
    private boolean isNamed(X509Certificate[] chain) throws CertificateException {
        if (!clients.contains(chain[0])) {
            return false;
        }
        chain[0].checkValidity();
        return true;
    }

    private X509ExtendedTrustManager demandPaths() throws CertificateException {
        return paths.orElseThrow(
                () -> new CertificateException("the client's certificate is not one of those configured"));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        if (!isNamed(chain)) {
            demandPaths().checkClientTrusted(chain, type, engine);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        if (!isNamed(chain)) {
            demandPaths().checkClientTrusted(chain, type, socket);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        if (!isNamed(chain)) {
            demandPaths().checkClientTrusted(chain, type);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw noServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw noServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw noServers();
    }

    private static CertificateException noServers() {
        return new CertificateException("this is about clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.toArray(X509Certificate[]::new);
    }
}
