package net.testudo.element.link;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.testudo.element.channel.ReliableStream;
import net.testudo.element.channel.StreamConfig;
import net.testudo.element.port.CertificateAuthenticator;
import net.testudo.element.port.CertificateAuthenticator.Exchange;
import org.jspecify.annotations.Nullable;

/// One exchange of certificates with one device: carries its octets, in order and complete.
final class CertificateExchange {
    /// The first signature of a process takes seconds.
    private static final long TIME_LIMIT_NS = 10_000_000_000L;

    private static final int STREAM = 3;
    private static final int FRAME_OCTETS_MAX = 1_400;
    private static final int WINDOW_SEGMENTS = 64;
    /// What one side has to say at most: a chain of certificates.
    private static final int OCTETS_MAX = 1 << 16;

    private final String serial;
    private final boolean initiator;
    private final long ownBootId;
    private final long peerBootId;
    private final long attempt;
    private final Exchange exchange;
    private final ReliableStream stream;
    private final long startedNs;
    private boolean reported;

    /// @param serial of the other device if this one is the initiator, else empty
    /// @param attempt of the initiator
    /// @param contentOctetsMax of a frame
    CertificateExchange(
            String serial,
            boolean initiator,
            long ownBootId,
            long peerBootId,
            long attempt,
            Exchange exchange,
            int contentOctetsMax,
            long nowNs) {
        this.serial = serial;
        this.initiator = initiator;
        this.ownBootId = ownBootId;
        this.peerBootId = peerBootId;
        this.attempt = attempt;
        this.exchange = exchange;
        this.startedNs = nowNs;
        StreamConfig config = new StreamConfig(
                STREAM,
                Math.min(contentOctetsMax, FRAME_OCTETS_MAX) - CertificateFrame.HEADER_OCTETS,
                WINDOW_SEGMENTS,
                OCTETS_MAX,
                2 * OCTETS_MAX);
        // The attempt is the initiator's session: what belongs to an earlier one is dropped.
        stream = new ReliableStream(config, initiator ? attempt : ownBootId);
        stream.reset(initiator ? peerBootId : attempt);
    }

    String serial() {
        return serial;
    }

    long peerBootId() {
        return peerBootId;
    }

    long startedNs() {
        return startedNs;
    }

    /// Whether the frame is part of this exchange.
    boolean owns(CertificateFrame frame) {
        return frame.fromInitiator() != initiator
                && frame.from() == peerBootId
                && frame.to() == ownBootId
                && frame.attempt() == attempt;
    }

    void onFrame(CertificateFrame frame, long nowNs) {
        byte[] segment = new byte[frame.segment().remaining()];
        frame.segment().duplicate().get(segment);
        stream.onSegment(segment, 0, segment.length, nowNs, (octets, at, length) -> {
            exchange.offer(Arrays.copyOfRange(octets, at, at + length));
        });
    }

    /// Sends what is due.
    ///
    /// @return how many frames were sent
    int doWork(long nowNs, CertificateExchanges.Sender sender) {
        for (byte[] octets = exchange.poll(); octets != null; octets = exchange.poll()) {
            stream.offer(octets);
        }
        return stream.doWork(nowNs, (octets, at, length) -> {
            ByteBuffer segment = ByteBuffer.wrap(octets, at, length);
            sender.send(new CertificateFrame(initiator, ownBootId, peerBootId, attempt, segment).toOctets());
            return true;
        });
    }

    long nextDeadlineNs(long nowNs) {
        return Math.min(stream.nextDeadlineNs(nowNs), startedNs + TIME_LIMIT_NS);
    }

    /// Whether its time is over. It stays until then, also after its end: the other device may still need what was
    /// said last.
    boolean isOver(long nowNs) {
        return nowNs - startedNs >= TIME_LIMIT_NS;
    }

    /// What came of it, once; else null.
    CertificateAuthenticator.@Nullable Outcome takeOutcome() {
        CertificateAuthenticator.Outcome outcome = exchange.outcome();
        if (reported || outcome instanceof CertificateAuthenticator.Outcome.Running) {
            return null;
        }
        reported = true;
        return outcome;
    }

    /// Whether nobody heard yet what came of it.
    boolean isRunning() {
        return !reported;
    }

    byte[] secret() {
        return exchange.secret();
    }

    void close() {
        exchange.close();
    }
}
