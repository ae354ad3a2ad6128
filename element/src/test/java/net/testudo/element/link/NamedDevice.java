package net.testudo.element.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import net.testudo.element.port.CertificateAuthenticator;
import org.jspecify.annotations.Nullable;

/// Authentication as a test needs it: each side says its name in many octets, and believes the names it knows.
final class NamedDevice implements CertificateAuthenticator {
    private static final int REPETITIONS = 300;

    private final String name;
    private final Set<String> believed;
    int open;

    NamedDevice(String name, Set<String> believed) {
        this.name = name;
        this.believed = believed;
    }

    @Override
    public @Nullable Exchange begin(boolean initiator) {
        open++;
        return new NamedExchange(initiator);
    }

    private final class NamedExchange implements Exchange {
        private final Deque<byte[]> toSend = new ArrayDeque<>();
        private final boolean initiator;
        private Outcome outcome = new Outcome.Running();
        private boolean closed;

        NamedExchange(boolean initiator) {
            this.initiator = initiator;
            if (initiator) {
                say();
            }
        }

        private void say() {
            toSend.add((name + ' ').repeat(REPETITIONS).getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void offer(byte[] octets) {
            if (!initiator) {
                say();
            }
            String text = new String(octets, StandardCharsets.US_ASCII);
            String peer = text.substring(0, Math.max(0, text.indexOf(' ')));
            boolean whole = text.equals((peer + ' ').repeat(REPETITIONS));
            outcome = whole && believed.contains(peer)
                    ? new Outcome.Authenticated(peer)
                    : new Outcome.Failed("nobody knows '" + peer + "'");
        }

        @Override
        public byte @Nullable [] poll() {
            return toSend.poll();
        }

        @Override
        public Outcome outcome() {
            return outcome;
        }

        @Override
        public byte[] secret() {
            return new byte[] {1, 2, 3};
        }

        @Override
        public void close() {
            open -= closed ? 0 : 1;
            closed = true;
        }
    }
}
