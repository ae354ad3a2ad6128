package net.testudo.element.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.testudo.element.port.CertificateAuthenticator;
import net.testudo.element.wire.Fuzz;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CertificateExchangesTest {
    private static final long MS = 1_000_000;
    private static final long LIMIT_NS = 20_000 * MS;
    private static final int CONTENT_OCTETS = 1_400;

    private final SplittableRandom random = new SplittableRandom(1);
    private long nowNs = 5 * MS;

    /// One device on the link: what it sends waits in `sent`, what it learns stands in `told`.
    private static final class Side implements CertificateExchanges.Listener {
        final List<String> told = new ArrayList<>();
        final Deque<byte[]> sent = new ArrayDeque<>();
        final CertificateExchanges exchanges;

        Side(long bootId, @Nullable CertificateAuthenticator authenticator) {
            exchanges = new CertificateExchanges(authenticator, bootId, CONTENT_OCTETS, this);
        }

        @Override
        public void onProved(String serial, long peerBootId, byte[] secret, long nowNs) {
            told.add(serial + " of boot " + peerBootId + " proved, secret "
                    + HexFormat.of().formatHex(secret));
        }

        @Override
        public void onAnswered(byte[] secret) {
            told.add("answered, secret " + HexFormat.of().formatHex(secret));
        }

        @Override
        public void onUnproved(String serial, String reason) {
            told.add(serial + ": " + reason);
        }
    }

    private void run(Side one, Side two, double loss, long forNs) {
        for (long endNs = nowNs + forNs; nowNs < endNs; nowNs += MS) {
            one.exchanges.doWork(nowNs, one.sent::add);
            two.exchanges.doWork(nowNs, two.sent::add);
            carry(one, two, loss);
            carry(two, one, loss);
        }
    }

    private void carry(Side from, Side to, double loss) {
        for (byte[] frame = from.sent.poll(); frame != null; frame = from.sent.poll()) {
            if (random.nextDouble() >= loss) {
                to.exchanges.onFrame(frame, nowNs);
            }
        }
    }

    @Test
    @Tag("JON-03")
    void bothSidesEndWithTheSameSecretAlsoOverABadLink() {
        for (int i = 0; i < 20; i++) {
            NamedDevice master = new NamedDevice("A1", Set.of("A2"));
            NamedDevice device = new NamedDevice("A2", Set.of("A1"));
            Side one = new Side(11, master);
            Side two = new Side(22, device);
            one.exchanges.start("A2", 22, nowNs);
            run(one, two, 0.3, LIMIT_NS);
            assertEquals(List.of("A2 of boot 22 proved, secret 010203"), one.told);
            assertEquals(List.of("answered, secret 010203"), two.told);
            assertEquals(0, master.open + device.open);
        }
    }

    @Test
    void aDeviceWithTheCertificateOfAnotherIsRefused() {
        Side one = new Side(11, new NamedDevice("A1", Set.of("A2", "A3")));
        Side two = new Side(22, new NamedDevice("A3", Set.of("A1")));
        one.exchanges.start("A2", 22, nowNs);
        run(one, two, 0, LIMIT_NS);
        assertEquals(List.of("A2: its certificate is that of A3"), one.told);
    }

    @Test
    void whyADeviceDidNotProveItselfIsToldOnce() {
        Side one = new Side(11, new NamedDevice("A1", Set.of()));
        Side two = new Side(22, new NamedDevice("A2", Set.of("A1")));
        one.exchanges.start("A2", 22, nowNs);
        run(one, two, 0, LIMIT_NS);
        assertEquals(List.of("A2: it did not prove itself: nobody knows 'A2'"), one.told);
        Side silent = new Side(33, new NamedDevice("A3", Set.of("A1")));
        one.told.clear();
        one.exchanges.start("A3", 33, nowNs);
        run(one, silent, 1, LIMIT_NS);
        assertEquals(List.of("A3: it did not answer (has it a join key, or a certificate?)"), one.told);
    }

    @Test
    void withoutACertificateOfItsOwnTheMasterSaysSoAndADeviceIsSilent() {
        Side one = new Side(11, null);
        one.exchanges.start("A2", 22, nowNs);
        assertEquals(List.of("A2: this device has no certificate itself: start it with --certificate"), one.told);
        Side two = new Side(22, new NamedDevice("A2", Set.of()));
        two.exchanges.start("A1", 11, nowNs);
        run(one, two, 0, 100 * MS);
        assertEquals(1, one.told.size());
    }

    @Test
    void exchangesAreBoundedOnBothSides() {
        NamedDevice master = new NamedDevice("A1", Set.of());
        Side one = new Side(11, master);
        for (int device = 2; device <= 9; device++) {
            one.exchanges.start("A" + device, device, nowNs);
            one.exchanges.start("A" + device, device, nowNs);
        }
        assertEquals(3, master.open);
        NamedDevice asked = new NamedDevice("A2", Set.of());
        Side two = new Side(22, asked);
        for (long attempt = 1; attempt <= 1_000; attempt++) {
            two.exchanges.onFrame(frame(attempt, attempt), nowNs);
        }
        assertEquals(1, asked.open);
        nowNs += 3_000 * MS;
        assertTrue(two.exchanges.onFrame(frame(7_000, 1), nowNs));
        assertFalse(two.exchanges.onFrame(frame(7_001, 1), nowNs));
        assertEquals(1, asked.open);
    }

    private static byte[] frame(long from, long attempt) {
        return new CertificateFrame(true, from, 22, attempt, ByteBuffer.allocate(0)).toOctets();
    }

    /// Nothing is proved by these frames, so they may end an exchange; they never throw, and never prove anything.
    @Test
    void randomAndMutatedFramesThrowNothingAndProveNothing() {
        SplittableRandom draw = new SplittableRandom(Fuzz.SEED);
        int exchanged = 0;
        while (exchanged < Fuzz.FRAMES) {
            Side one = new Side(11, new NamedDevice("A1", Set.of("A2")));
            Side two = new Side(22, new NamedDevice("A3", Set.of("A1")));
            one.exchanges.start("A2", 22, nowNs);
            for (int turn = 0; turn < 50; turn++, nowNs += 10 * MS) {
                one.exchanges.doWork(nowNs, one.sent::add);
                two.exchanges.doWork(nowNs, two.sent::add);
                exchanged += damaged(one, two, draw) + damaged(two, one, draw) + 2;
            }
            assertTrue(one.told.stream().noneMatch(line -> line.contains("A2 of boot")), one.told::toString);
        }
    }

    private int damaged(Side from, Side to, SplittableRandom draw) {
        int count = 0;
        for (byte[] frame = from.sent.poll(); frame != null; frame = from.sent.poll()) {
            byte[] altered = draw.nextInt(4) == 0 ? new byte[draw.nextInt(200)] : frame.clone();
            if (altered.length != frame.length) {
                draw.nextBytes(altered);
            }
            for (int i = draw.nextInt(4); i > 0 && altered.length > 0; i--) {
                altered[draw.nextInt(altered.length)] = (byte) draw.nextInt(256);
            }
            to.exchanges.onFrame(altered, nowNs);
            to.exchanges.onFrame(frame, nowNs);
            count += 2;
        }
        return count;
    }
}
