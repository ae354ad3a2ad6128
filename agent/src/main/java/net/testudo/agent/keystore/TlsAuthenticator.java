package net.testudo.agent.keystore;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import net.testudo.element.port.CertificateAuthenticator;
import org.jspecify.annotations.Nullable;

/// Authentication by device certificates: TLS 1.3 in which both sides show one (RFC 8446), without a network of its
/// own. What is secret afterwards comes from the exporter (RFC 8446 clause 7.5).
///
/// Signatures take milliseconds, the first ones of a process seconds: they are made in a thread of their own.
public final class TlsAuthenticator implements CertificateAuthenticator, AutoCloseable {
    static final String PROTOCOL = "TLSv1.3";
    private static final int EXCHANGES_MAX = 4;
    /// More than the exchanges can have: each waits for an answer after few messages.
    private static final int TASKS_MAX = 256;

    private static final String FILE = "certificate-time";

    private final DeviceCredentials credentials;
    private final CertificateTime time;
    private final Runnable wakeUp;
    private final AtomicInteger exchanges = new AtomicInteger();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(TASKS_MAX),
            Thread.ofPlatform().name("certificates").daemon().factory());

    private TlsAuthenticator(DeviceCredentials credentials, CertificateTime time, Runnable wakeUp) {
        this.credentials = credentials;
        this.time = time;
        this.wakeUp = wakeUp;
    }

    /// @param stateDirectory where the time that certificates prove is kept
    /// @param wakeUp called when an exchange got further; must not block
    /// @throws IOException if what is kept there cannot be read
    public static TlsAuthenticator open(DeviceCredentials credentials, Path stateDirectory, Runnable wakeUp)
            throws IOException {
        CertificateTime time = CertificateTime.open(stateDirectory.resolve(FILE), Clock.systemUTC());
        return new TlsAuthenticator(credentials, time, wakeUp);
    }

    @Override
    public @Nullable Exchange begin(boolean initiator) {
        if (exchanges.incrementAndGet() > EXCHANGES_MAX) {
            exchanges.decrementAndGet();
            return null;
        }
        TlsExchange exchange =
                new TlsExchange(() -> engine(initiator), this::believe, thread, wakeUp, exchanges::decrementAndGet);
        exchange.start();
        return exchange;
    }

    private SSLEngine engine(boolean initiator) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance(PROTOCOL);
        context.init(keys().getKeyManagers(), trust().getTrustManagers(), new SecureRandom());
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(initiator);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {PROTOCOL});
        parameters.setNeedClientAuth(true);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private KeyManagerFactory keys() throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "device", credentials.key(), new char[0], credentials.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        return factory;
    }

    private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        int number = 0;
        for (X509Certificate authority : credentials.authorities()) {
            store.setCertificateEntry("authority-" + number++, authority);
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(store, new X509CertSelector());
        // Devices have no way to the authority's lists while they join; who may join is in the configuration.
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(time.now()));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private void believe(X509Certificate peer) {
        time.prove(peer.getNotBefore().toInstant());
    }

    /// Ends the thread; exchanges that are under way get no further.
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
