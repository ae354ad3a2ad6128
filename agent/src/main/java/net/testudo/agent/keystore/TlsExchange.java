package net.testudo.agent.keystore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import net.testudo.element.port.CertificateAuthenticator;
import org.jspecify.annotations.Nullable;

/// One TLS handshake. When a side has verified the other one, it says so by one octet of application data: only then
/// the other side knows that its own certificate was believed, for the one that begins is done before its certificate
/// was looked at.
final class TlsExchange implements CertificateAuthenticator.Exchange {
    private static final String EXPORTER = "EXPORTER-testudo-join";
    private static final int SECRET_OCTETS = 32;
    private static final byte[] VERIFIED = {1};
    /// A handshake with chains of certificates; what exceeds it is none.
    private static final int OCTETS_MAX = 1 << 16;

    /// Makes the engine, in the thread that uses it.
    interface EngineFactory {
        SSLEngine make() throws GeneralSecurityException, IOException;
    }

    private final EngineFactory factory;
    private final Consumer<X509Certificate> onBelieved;
    private final Executor thread;
    private final Runnable wakeUp;
    private final Runnable onClose;
    private final Queue<byte[]> received = new ConcurrentLinkedQueue<>();
    private final Queue<byte[]> toSend = new ConcurrentLinkedQueue<>();
    private final AtomicInteger receivedOctets = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile byte[] secret = new byte[0];
    private volatile CertificateAuthenticator.Outcome outcome = new CertificateAuthenticator.Outcome.Running();

    // From here on for the thread only.
    private final ByteBuffer incoming = ByteBuffer.allocate(OCTETS_MAX);
    private @Nullable SSLEngine engine;
    private boolean saidVerified;

    /// @param onBelieved takes the certificate of the other side once it is verified
    /// @param thread in which the engine works
    /// @param wakeUp called when there is something new to see
    /// @param onClose called once, by [#close]
    TlsExchange(
            EngineFactory factory,
            Consumer<X509Certificate> onBelieved,
            Executor thread,
            Runnable wakeUp,
            Runnable onClose) {
        this.factory = factory;
        this.onBelieved = onBelieved;
        this.thread = thread;
        this.wakeUp = wakeUp;
        this.onClose = onClose;
    }

    void start() {
        submit();
    }

    @Override
    public void offer(byte[] octets) {
        if (receivedOctets.addAndGet(octets.length) > OCTETS_MAX) {
            outcome = new CertificateAuthenticator.Outcome.Failed("the other device sends more than a handshake");
            return;
        }
        received.add(octets);
        submit();
    }

    @Override
    public byte @Nullable [] poll() {
        return toSend.poll();
    }

    @Override
    public CertificateAuthenticator.Outcome outcome() {
        return outcome;
    }

    @Override
    public byte[] secret() {
        return secret;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Arrays.fill(secret, (byte) 0);
            onClose.run();
        }
    }

    private void submit() {
        try {
            thread.execute(this::work);
        } catch (RejectedExecutionException e) {
            outcome = new CertificateAuthenticator.Outcome.Failed("this device does not check certificates any more");
        }
    }

    private void work() {
        if (closed.get() || !(outcome instanceof CertificateAuthenticator.Outcome.Running)) {
            return;
        }
        try {
            SSLEngine working = engine == null ? factory.make() : engine;
            if (engine == null) {
                engine = working;
                working.beginHandshake();
            }
            for (byte[] octets = received.poll(); octets != null; octets = received.poll()) {
                incoming.put(octets);
            }
            incoming.flip();
            advance(working);
            incoming.compact();
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            fail(e);
        }
        wakeUp.run();
    }

    private void advance(SSLEngine working) throws SSLException {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = switch (working.getHandshakeStatus()) {
                case NEED_TASK -> runTasks(working);
                case NEED_WRAP -> wrap(working, new byte[0]);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap(working);
                case NOT_HANDSHAKING, FINISHED -> confirm(working);
            };
        }
    }

    private static boolean runTasks(SSLEngine working) {
        for (Runnable task = working.getDelegatedTask(); task != null; task = working.getDelegatedTask()) {
            task.run();
        }
        return true;
    }

    private boolean wrap(SSLEngine working, byte[] content) throws SSLException {
        ByteBuffer sealed = ByteBuffer.allocate(working.getSession().getPacketBufferSize());
        SSLEngineResult result = working.wrap(ByteBuffer.wrap(content), sealed);
        if (sealed.position() > 0) {
            toSend.add(Arrays.copyOf(sealed.array(), sealed.position()));
        }
        return result.getStatus() == SSLEngineResult.Status.OK;
    }

    private boolean unwrap(SSLEngine working) throws SSLException {
        ByteBuffer opened = ByteBuffer.allocate(working.getSession().getApplicationBufferSize());
        SSLEngineResult result = working.unwrap(incoming, opened);
        if (opened.position() > 0) {
            finish(working);
            return false;
        }
        return result.getStatus() == SSLEngineResult.Status.OK;
    }

    private boolean confirm(SSLEngine working) throws SSLException {
        if (!saidVerified) {
            saidVerified = true;
            onBelieved.accept(peer(working));
            return wrap(working, VERIFIED);
        }
        return unwrap(working);
    }

    private static X509Certificate peer(SSLEngine working) throws SSLException {
        return (X509Certificate) working.getSession().getPeerCertificates()[0];
    }

    private void finish(SSLEngine working) throws SSLException {
        String serial = DeviceCredentials.serialNumber(peer(working)).orElse("");
        secret = ((ExtendedSSLSession) working.getSession())
                .exportKeyingMaterialData(EXPORTER, new byte[0], SECRET_OCTETS);
        outcome = serial.isEmpty()
                ? new CertificateAuthenticator.Outcome.Failed("its certificate names no serial number")
                : new CertificateAuthenticator.Outcome.Authenticated(serial);
    }

    /// The other side gets TLS's alert, which the engine has ready.
    private void fail(Exception fault) {
        SSLEngine failed = engine;
        try {
            if (failed != null && failed.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
                wrap(failed, new byte[0]);
            }
        } catch (SSLException e) {
            fault.addSuppressed(e);
        }
        outcome = new CertificateAuthenticator.Outcome.Failed(reason(fault));
    }

    private static String reason(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String said = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return said.startsWith("(certificate_required)")
                ? "it has no certificate of an authority that is believed here"
                : said;
    }
}
