package net.testudo.agent.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import net.testudo.element.port.CertificateAuthenticator.Exchange;
import net.testudo.element.port.CertificateAuthenticator.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsAuthenticatorTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final int WAIT_S = 30;

    private final Instant now = Instant.now();
    private final CertificateAuthority authority = CertificateAuthority.create("the operator's", now, YEAR);
    private final Semaphore news = new Semaphore(0);
    private final List<TlsAuthenticator> opened = new ArrayList<>();

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void end() {
        opened.forEach(TlsAuthenticator::close);
    }

    private TlsAuthenticator device(String serial, CertificateAuthority issuer, CertificateAuthority believed)
            throws IOException {
        return device(issuer.issue(serial, now, YEAR), believed);
    }

    private TlsAuthenticator device(CertificateAuthority.Issued own, CertificateAuthority believed) throws IOException {
        DeviceCredentials credentials = new DeviceCredentials(
                List.of(own.certificate()), own.key(), List.of(believed.self().certificate()));
        TlsAuthenticator device = TlsAuthenticator.open(credentials, directory, news::release);
        opened.add(device);
        return device;
    }

    private static Exchange begin(TlsAuthenticator device, boolean initiator) {
        Exchange exchange = device.begin(initiator);
        assertNotNull(exchange);
        return exchange;
    }

    /// Carries octets both ways until both sides are at their end.
    private void run(Exchange one, Exchange two, UnaryOperator<byte[]> wire) throws InterruptedException {
        while (one.outcome() instanceof Outcome.Running || two.outcome() instanceof Outcome.Running) {
            assertTrue(news.tryAcquire(WAIT_S, TimeUnit.SECONDS), () -> one.outcome() + " " + two.outcome());
            carry(one, two, wire);
            carry(two, one, wire);
        }
    }

    private static void carry(Exchange from, Exchange to, UnaryOperator<byte[]> wire) {
        for (byte[] octets = from.poll(); octets != null; octets = from.poll()) {
            to.offer(wire.apply(octets));
        }
    }

    @Test
    @Tag("JON-03")
    void twoDevicesOfOneAuthorityKnowEachOtherAndShareASecret() throws Exception {
        Exchange one = begin(device("A1", authority, authority), true);
        Exchange two = begin(device("A2", authority, authority), false);
        run(one, two, octets -> octets);
        assertEquals(new Outcome.Authenticated("A2"), one.outcome());
        assertEquals(new Outcome.Authenticated("A1"), two.outcome());
        byte[] secret = one.secret();
        assertEquals(32, secret.length);
        assertArrayEquals(secret, two.secret());
        one.close();
        assertArrayEquals(new byte[32], secret);
    }

    @Test
    void aDeviceOfAnotherAuthorityIsRefusedByEitherSide() throws Exception {
        CertificateAuthority other = CertificateAuthority.create("somebody's", now, YEAR);
        Exchange one = begin(device("A1", authority, authority), true);
        Exchange stranger = begin(device("A2", other, authority), false);
        run(one, stranger, octets -> octets);
        assertFailed(one, "unable to find valid certification path");
        Exchange two = begin(device("A1", other, authority), true);
        Exchange device = begin(device("A2", authority, authority), false);
        run(two, device, octets -> octets);
        assertFailed(device, "it has no certificate of an authority that is believed here");
        assertInstanceOf(Outcome.Failed.class, two.outcome());
    }

    @Test
    void anExpiredCertificateIsRefusedAlsoAfterTheClockWasSetBack() throws Exception {
        Exchange one = begin(device("A1", authority, authority), true);
        Exchange late = begin(device(authority.issue("A2", now.minus(YEAR), Duration.ofDays(300)), authority), false);
        run(one, late, octets -> octets);
        assertFailed(one, "NotAfter");
        CertificateTime time = CertificateTime.open(
                directory.resolve("time"), java.time.Clock.fixed(now.minus(YEAR), java.time.ZoneOffset.UTC));
        assertEquals(now.minus(YEAR), time.now());
        time.prove(now);
        time.prove(now.minusSeconds(5));
        assertEquals(now, time.now());
        CertificateTime afterRestart = CertificateTime.open(
                directory.resolve("time"), java.time.Clock.fixed(now.minus(YEAR), java.time.ZoneOffset.UTC));
        assertEquals(now, afterRestart.now());
    }

    @Test
    void whatIsAlteredOnTheWayFails() throws Exception {
        Exchange one = begin(device("A1", authority, authority), true);
        Exchange two = begin(device("A2", authority, authority), false);
        run(one, two, octets -> {
            octets[octets.length - 1] ^= 1;
            return octets;
        });
        assertInstanceOf(Outcome.Failed.class, two.outcome());
    }

    @Test
    void whatIsNoTlsAndWhatDoesNotEndFails() throws Exception {
        TlsAuthenticator device = device("A2", authority, authority);
        Exchange garbage = begin(device, false);
        garbage.offer(new byte[] {'G', 'E', 'T', ' ', '/', '\r', '\n'});
        Exchange flood = begin(device, false);
        flood.offer(new byte[1 << 16]);
        flood.offer(new byte[1]);
        assertFailed(flood, "more than a handshake");
        while (garbage.outcome() instanceof Outcome.Running) {
            assertTrue(news.tryAcquire(WAIT_S, TimeUnit.SECONDS));
        }
        assertInstanceOf(Outcome.Failed.class, garbage.outcome());
    }

    @Test
    void exchangesAreBounded() throws Exception {
        TlsAuthenticator device = device("A2", authority, authority);
        List<Exchange> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(begin(device, false));
        }
        assertNull(device.begin(false));
        running.getFirst().close();
        running.getFirst().close();
        begin(device, false);
        assertNull(device.begin(false));
    }

    private static void assertFailed(Exchange exchange, String reason) {
        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, exchange.outcome());
        assertTrue(failed.reason().contains(reason), failed.reason());
    }
}
