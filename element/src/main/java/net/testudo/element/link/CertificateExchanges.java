package net.testudo.element.link;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.port.CertificateAuthenticator;
import net.testudo.element.port.CertificateAuthenticator.Exchange;
import net.testudo.element.port.CertificateAuthenticator.Outcome;
import org.jspecify.annotations.Nullable;

/// Exchanges of certificates on the cluster port, in clear: the master's with devices that have no join key, and an
/// unconfigured device's with the master. What they end in is a secret of the two, which then takes the place of a join
/// key.
///
/// Who is on the link can end an exchange by forged frames, for nothing is proved before its end; it is then tried
/// again. It cannot learn the secret or take part.
final class CertificateExchanges {
    private static final int INITIATED_MAX = 3;
    /// A device answers one master at a time, and leaves it this time.
    private static final long ANSWER_NS = 2_000_000_000L;
    private static final long IDLE_NS = 3_600_000_000_000L;

    private final @Nullable CertificateAuthenticator authenticator;
    private final long bootId;
    private final int contentOctetsMax;
    private final Listener listener;
    private final List<CertificateExchange> initiated = new ArrayList<>();
    private @Nullable CertificateExchange answered;
    private long newestAttempt = Long.MIN_VALUE;

    /// Learns what becomes of exchanges.
    interface Listener {
        /// A device that this one asked is the one with this serial number.
        void onProved(String serial, long peerBootId, byte[] secret, long nowNs);

        /// This device was asked, and who asked is believed.
        void onAnswered(byte[] secret);

        /// A device that this one asked did not prove itself.
        void onUnproved(String serial, String reason);
    }

    /// Takes frames that are to be sent in clear.
    interface Sender {
        void send(byte[] frame);
    }

    /// @param authenticator null if this device has no certificate
    /// @param bootId of this process
    CertificateExchanges(
            @Nullable CertificateAuthenticator authenticator, long bootId, int contentOctetsMax, Listener listener) {
        this.authenticator = authenticator;
        this.bootId = bootId;
        this.contentOctetsMax = contentOctetsMax;
        this.listener = listener;
    }

    /// Asks a device to prove itself.
    ///
    /// @param deviceBootId as it announced itself
    void start(String serial, long deviceBootId, long nowNs) {
        if (initiated.stream().anyMatch(running -> running.serial().equals(serial) && running.isRunning())) {
            return;
        }
        if (authenticator == null) {
            listener.onUnproved(serial, "this device has no certificate itself: start it with --certificate");
            return;
        }
        end(initiated.stream().filter(ended -> ended.serial().equals(serial)).toList());
        Exchange exchange = initiated.size() < INITIATED_MAX ? authenticator.begin(true) : null;
        if (exchange == null) {
            listener.onUnproved(serial, "other devices are proving themselves: it is tried again");
            return;
        }
        initiated.add(
                new CertificateExchange(serial, true, bootId, deviceBootId, nowNs, exchange, contentOctetsMax, nowNs));
    }

    /// Takes a frame.
    ///
    /// @return whether it belongs to an exchange
    boolean onFrame(byte[] octets, long nowNs) {
        CertificateFrame frame = CertificateFrame.parse(octets);
        if (frame == null || frame.to() != bootId) {
            return false;
        }
        for (CertificateExchange exchange : initiated) {
            if (exchange.owns(frame)) {
                exchange.onFrame(frame, nowNs);
                return true;
            }
        }
        CertificateExchange answering = frame.fromInitiator() ? answer(frame, nowNs) : null;
        if (answering != null) {
            answering.onFrame(frame, nowNs);
        }
        return answering != null;
    }

    private @Nullable CertificateExchange answer(CertificateFrame frame, long nowNs) {
        CertificateExchange present = answered;
        if (present != null && present.owns(frame)) {
            return present;
        }
        boolean busy = present != null && nowNs - present.startedNs() < ANSWER_NS;
        boolean outdated = present != null && present.peerBootId() == frame.from() && frame.attempt() <= newestAttempt;
        if (authenticator == null || busy || outdated) {
            return null;
        }
        if (present != null) {
            present.close();
        }
        answered = null;
        Exchange exchange = authenticator.begin(false);
        if (exchange == null) {
            return null;
        }
        newestAttempt = frame.attempt();
        CertificateExchange begun = new CertificateExchange(
                "", false, bootId, frame.from(), frame.attempt(), exchange, contentOctetsMax, nowNs);
        answered = begun;
        return begun;
    }

    /// Sends what is due and reports what ended.
    ///
    /// @return how much was done
    int doWork(long nowNs, Sender sender) {
        if (initiated.isEmpty() && answered == null) {
            return 0;
        }
        int work = 0;
        for (CertificateExchange exchange : List.copyOf(initiated)) {
            work += exchange.doWork(nowNs, sender);
            work += report(exchange, nowNs);
        }
        CertificateExchange answering = answered;
        if (answering != null) {
            work += answering.doWork(nowNs, sender);
            if (answering.takeOutcome() instanceof Outcome.Authenticated) {
                listener.onAnswered(answering.secret());
            }
            if (answering.isOver(nowNs)) {
                answering.close();
                answered = null;
            }
        }
        return work;
    }

    private int report(CertificateExchange exchange, long nowNs) {
        boolean over = exchange.isOver(nowNs);
        switch (exchange.takeOutcome()) {
            case Outcome.Authenticated proved
            when proved.serial().equals(exchange.serial()) ->
                listener.onProved(exchange.serial(), exchange.peerBootId(), exchange.secret(), nowNs);
            case Outcome.Authenticated other ->
                listener.onUnproved(exchange.serial(), "its certificate is that of " + other.serial());
            case Outcome.Failed failed ->
                listener.onUnproved(exchange.serial(), "it did not prove itself: " + failed.reason());
            case Outcome.Running _ -> throw new IllegalStateException("an exchange that goes on has no outcome");
            case null -> {
                if (over && exchange.isRunning()) {
                    listener.onUnproved(exchange.serial(), "it did not answer (has it a join key, or a certificate?)");
                } else if (!over) {
                    return 0;
                }
            }
        }
        if (over) {
            end(List.of(exchange));
        }
        return 1;
    }

    private void end(List<CertificateExchange> ended) {
        ended.forEach(CertificateExchange::close);
        initiated.removeAll(ended);
    }

    /// When [#doWork] has to be called at the latest.
    long nextDeadlineNs(long nowNs) {
        long nextNs = nowNs + IDLE_NS;
        for (int i = 0; i < initiated.size(); i++) {
            nextNs = Math.min(nextNs, initiated.get(i).nextDeadlineNs(nowNs));
        }
        CertificateExchange answering = answered;
        return answering == null ? nextNs : Math.min(nextNs, answering.nextDeadlineNs(nowNs));
    }
}
