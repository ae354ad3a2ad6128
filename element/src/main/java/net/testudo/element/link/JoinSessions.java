package net.testudo.element.link;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.channel.FrameFate;
import net.testudo.element.channel.FrameOpener;
import net.testudo.element.channel.HandshakeFailure;
import net.testudo.element.channel.HandshakeFate;
import net.testudo.element.channel.HandshakeSink;
import net.testudo.element.channel.JoinInitiator;
import net.testudo.element.channel.JoinListener;
import net.testudo.element.channel.JoinResponder;
import net.testudo.element.channel.PairSession;
import net.testudo.element.channel.ReliableStream;
import net.testudo.element.channel.SegmentFate;
import net.testudo.element.channel.StreamConfig;
import net.testudo.element.net.MacAddress;
import net.testudo.element.wire.cluster.JoinMessage;
import org.jspecify.annotations.Nullable;

/// Join sessions: the master's with devices it admits, and an unconfigured device's with the master.
public final class JoinSessions {
    private static final int SESSION_MAX = 8;

    private final PathSet paths;
    private final LinkCounters counters;
    private final LinkListener listener;
    private final long bootId;
    private final int contentOctetsMax;
    private final JoinInitiator initiator;
    private final @Nullable JoinResponder responder;
    private final CertificateExchanges certificates;
    private final Answering answering;
    /// By join key, and by the certificate that was shown last.
    private List<JoinResponder> responders;
    private final Map<String, Long> bootIds = new TreeMap<>();
    private final Map<String, Long> macs = new TreeMap<>();
    private final TreeMap<String, Session> sessions = new TreeMap<>();
    private final byte[] clear = new byte[2_048];
    private final byte[] plain;

    private record Session(PairSession pair, ReliableStream stream) {}

    /// Makes this device answer a master that holds a secret.
    private interface Answering {
        JoinResponder with(byte[] secret);
    }

    JoinSessions(
            PathSet paths, LinkIdentity identity, int contentOctetsMax, LinkCounters counters, LinkListener listener) {
        this.paths = paths;
        this.counters = counters;
        this.listener = listener;
        this.bootId = identity.bootId();
        this.contentOctetsMax = contentOctetsMax;
        this.plain = new byte[contentOctetsMax];
        JoinListener outcome = new Outcome();
        certificates =
                new CertificateExchanges(identity.certificates(), bootId, contentOctetsMax, new CertificateOutcome());
        answering = secret -> new JoinResponder(identity.entropy(), identity.serial(), bootId, secret, outcome);
        initiator = new JoinInitiator(identity.entropy(), identity.serial(), bootId, outcome);
        responder = identity.joinKey().isEmpty()
                ? null
                : answering.with(HexFormat.of().parseHex(identity.joinKey()));
        responders = responder == null ? List.of() : List.of(responder);
    }

    /// Remembers which process announced this serial number last.
    void noteBoot(String serial, long deviceBootId, MacAddress mac) {
        if (bootIds.size() < 256 || bootIds.containsKey(serial)) {
            bootIds.put(serial, deviceBootId);
            macs.put(serial, mac.bits());
        }
    }

    /// Opens a session with a discovered device by its join key, or, where that is empty, by its certificate.
    public void open(String serial, String joinKey, long nowNs) {
        Long deviceBootId = bootIds.get(serial);
        if (joinKey.isEmpty() && deviceBootId != null) {
            certificates.start(serial, deviceBootId, nowNs);
            return;
        }
        byte[] key = hex(joinKey);
        boolean started = deviceBootId != null && key != null && initiator.start(serial, deviceBootId, key, nowNs);
        if (!started) {
            listener.onJoinFailed(serial, "its join key is not a hexadecimal key of at least 32 digits");
        }
    }

    private static byte @Nullable [] hex(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private final class Outcome implements JoinListener {
        @Override
        public void onJoinSession(PairSession pair) {
            if (sessions.size() >= SESSION_MAX && !sessions.containsKey(pair.peerSerial())) {
                Session oldest = sessions.pollFirstEntry().getValue();
                oldest.pair().destroy();
            }
            ReliableStream stream = new ReliableStream(StreamConfig.control(contentOctetsMax - 1), bootId);
            stream.reset(pair.peerBootId());
            sessions.put(pair.peerSerial(), new Session(pair, stream));
            listener.onJoinSession(pair.peerSerial());
        }

        @Override
        public void onJoinFailed(String serial, long deviceBootId, HandshakeFailure failure) {
            listener.onJoinFailed(
                    serial,
                    switch (failure) {
                        case WRONG_KEY -> "its join key is another than the one configured for it here";
                        case VERSION_NOT_SUPPORTED -> "it speaks another version of the cluster protocol";
                        default -> "it did not answer the join handshake (has it a join key?)";
                    });
        }
    }

    private final class CertificateOutcome implements CertificateExchanges.Listener {
        @Override
        public void onProved(String serial, long peerBootId, byte[] secret, long nowNs) {
            initiator.start(serial, peerBootId, secret, nowNs);
        }

        @Override
        public void onAnswered(byte[] secret) {
            for (JoinResponder responding : responders) {
                if (responding != responder) {
                    responding.destroy();
                }
            }
            JoinResponder proved = answering.with(secret);
            responders = responder == null ? List.of(proved) : List.of(responder, proved);
        }

        @Override
        public void onUnproved(String serial, String reason) {
            listener.onJoinFailed(serial, reason);
        }
    }

    /// Sends a message in an open session; dropped if there is none.
    public void send(String serial, JoinMessage message) {
        Session session = sessions.get(serial);
        if (session != null) {
            session.stream.offer(JoinMessage.toOctets(message));
        }
    }

    HandshakeFate onHandshake(byte[] octets, long nowNs) {
        HandshakeFate fate = initiator.onFrame(octets, 0, octets.length, nowNs);
        for (JoinResponder responding : responders) {
            if (fate != HandshakeFate.NOT_EXPECTED
                    && fate != HandshakeFate.UNKNOWN_ATTEMPT
                    && fate != HandshakeFate.WRONG_KEY) {
                return fate;
            }
            fate = responding.onFrame(octets, 0, octets.length, nowNs);
        }
        return fate;
    }

    /// Takes a frame of an exchange of certificates.
    ///
    /// @return whether it belongs to one
    boolean onCertificate(byte[] octets, long nowNs) {
        return certificates.onFrame(octets, nowNs);
    }

    /// Takes a sealed frame of a join session, from its MAC addresses on.
    void onSealed(byte[] octets, long nowNs) {
        FrameFate fate = FrameFate.UNKNOWN_SCI;
        for (Session session : sessions.values()) {
            fate = session.pair.open(octets, 0, octets.length);
            if (fate == FrameFate.OK) {
                counters.countReceived(MessageClass.JOIN);
                onSegment(session, nowNs);
            }
            if (fate != FrameFate.UNKNOWN_SCI) {
                break;
            }
        }
        if (fate != FrameFate.OK) {
            counters.count("sealed", fate);
        }
    }

    private void onSegment(Session session, long nowNs) {
        byte[] content = session.pair.content();
        int at = FrameOpener.AT_CONTENT + 1;
        int length = session.pair.length() - 1;
        String serial = session.pair.peerSerial();
        SegmentFate fate = session.stream.onSegment(
                content, at, length, nowNs, (message, from, n) -> onMessage(serial, message, from, n));
        if (fate != SegmentFate.ACCEPTED) {
            counters.count("join-segment", fate);
        }
    }

    private void onMessage(String serial, byte[] octets, int at, int length) {
        JoinMessage message = JoinMessage.parse(java.util.Arrays.copyOfRange(octets, at, at + length));
        if (message == null) {
            counters.count("join-message-malformed");
        } else {
            listener.onJoinMessage(serial, message);
        }
    }

    int doWork(long nowNs) {
        HandshakeSink sink = (_, frame) -> sendClear(FrameType.HANDSHAKE, frame);
        int work = certificates.doWork(nowNs, frame -> sendClear(FrameType.CERTIFICATE, frame));
        work += initiator.doWork(nowNs, sink);
        for (JoinResponder responding : responders) {
            work += responding.doWork(nowNs, sink);
        }
        for (Session session : java.util.List.copyOf(sessions.values())) {
            work += session.stream.doWork(nowNs, (octets, at, n) -> sendSegment(session, octets, at, n));
        }
        return work;
    }

    private void sendClear(int type, byte[] frame) {
        System.arraycopy(frame, 0, clear, PathSet.HEADER_OCTETS, frame.length);
        paths.sendClear(0, type, clear, frame.length);
    }

    private boolean sendSegment(Session session, byte[] octets, int at, int length) {
        plain[0] = 0;
        System.arraycopy(octets, at, plain, 1, length);
        byte[] frame = session.pair.buffer();
        paths.address(0, macs.getOrDefault(session.pair.peerSerial(), PathSet.GROUP_MAC), frame);
        int sealed = session.pair.seal(MessageClass.JOIN, plain, 0, length + 1);
        counters.countSent(MessageClass.JOIN);
        return paths.send(0, frame, sealed);
    }

    long nextDeadlineNs(long nowNs) {
        long nextNs = initiator.nextDeadlineNs(nowNs);
        nextNs = Math.min(nextNs, certificates.nextDeadlineNs(nowNs));
        for (JoinResponder responding : responders) {
            nextNs = Math.min(nextNs, responding.nextDeadlineNs(nowNs));
        }
        for (Session session : sessions.values()) {
            nextNs = Math.min(nextNs, session.stream.nextDeadlineNs(nowNs));
        }
        return nextNs;
    }
}
