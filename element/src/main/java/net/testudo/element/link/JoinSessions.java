package net.testudo.element.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
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
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.cluster.JoinMessage;
import org.jspecify.annotations.Nullable;

/// Join sessions: the master's with devices it admits, and an unconfigured device's with the master.
public final class JoinSessions {
    private static final int SESSION_MAX = 8;
    private static final int ANNOUNCER_MAX = 256;
    /// Longer than a join handshake takes that begins when certificates were believed.
    private static final long PROVED_NS = 20_000_000_000L;

    private final PathSet paths;
    private final LinkCounters counters;
    private final LinkListener listener;
    private final long bootId;
    private final ProtocolVersions versions;
    private final int contentOctetsMax;
    private final JoinInitiator initiator;
    private final @Nullable JoinResponder responder;
    private final CertificateExchanges certificates;
    private final Answering answering;
    /// By join key, and by the certificate that was shown last.
    private List<JoinResponder> responders;
    /// Who announced itself, the one that was silent longest first.
    private final SequencedMap<String, Announcer> announcers = new LinkedHashMap<>();
    /// By serial number; looked through at every turn.
    private final List<Session> sessions = new ArrayList<>();
    private final HandshakeSink handshakeSink = (_, frame) -> sendClear(FrameType.HANDSHAKE, frame);
    private final CertificateExchanges.Sender certificateSender = frame -> sendClear(FrameType.CERTIFICATE, frame);
    private final byte[] clear = new byte[2_048];
    private final byte[] plain;

    private @Nullable JoinResponder proved;
    private long provedNs;
    private long nowNs;

    private record Announcer(long bootId, long mac) {}

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
        this.versions = identity.versions();
        this.contentOctetsMax = contentOctetsMax;
        this.plain = new byte[contentOctetsMax];
        JoinListener outcome = new Outcome();
        certificates =
                new CertificateExchanges(identity.certificates(), bootId, contentOctetsMax, new CertificateOutcome());
        answering = secret ->
                new JoinResponder(identity.entropy(), identity.serial(), bootId, identity.versions(), secret, outcome);
        initiator = new JoinInitiator(identity.entropy(), identity.serial(), bootId, identity.versions(), outcome);
        responder = identity.joinKey().isEmpty()
                ? null
                : answering.with(HexFormat.of().parseHex(identity.joinKey()));
        responders = responder == null ? List.of() : List.of(responder);
    }

    /// Remembers which process announced this serial number last.
    void noteBoot(String serial, long deviceBootId, MacAddress mac) {
        announcers.putLast(serial, new Announcer(deviceBootId, mac.bits()));
        if (announcers.size() > ANNOUNCER_MAX) {
            announcers.pollFirstEntry();
        }
    }

    /// Opens a session with a discovered device by its join key, or, where that is empty, by its certificate.
    public void open(String serial, String joinKey, long nowNs) {
        Announcer announcer = announcers.get(serial);
        if (joinKey.isEmpty() && announcer != null) {
            certificates.start(serial, announcer.bootId, nowNs);
            return;
        }
        byte[] key = hex(joinKey);
        boolean started = announcer != null && key != null && initiator.start(serial, announcer.bootId, key, nowNs);
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
            Session former = session(pair.peerSerial());
            if (former != null) {
                sessions.remove(former);
            } else if (sessions.size() >= SESSION_MAX) {
                sessions.removeFirst().pair().destroy();
            }
            ReliableStream stream = new ReliableStream(StreamConfig.control(contentOctetsMax - 1), bootId);
            stream.reset(pair.peerBootId());
            sessions.add(new Session(pair, stream));
            sessions.sort(Comparator.comparing(session -> session.pair().peerSerial()));
            listener.onJoinSession(pair.peerSerial());
        }

        @Override
        public void onJoinFailed(String serial, long deviceBootId, HandshakeFailure failure) {
            listener.onJoinFailed(
                    serial,
                    switch (failure) {
                        case WRONG_KEY -> "its join key is another than the one configured for it here";
                        case VERSION_NOT_SUPPORTED ->
                            "it speaks no version of the cluster protocol that this device speaks (" + versions
                                    + "): bring both to software releases that follow each other";
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
            forgetProved();
            JoinResponder answers = answering.with(secret);
            proved = answers;
            provedNs = nowNs;
            responders = responder == null ? List.of(answers) : List.of(responder, answers);
        }

        @Override
        public void onUnproved(String serial, String reason) {
            listener.onJoinFailed(serial, reason);
        }
    }

    /// The secret of a certificate is for one join handshake.
    private void forgetProved() {
        JoinResponder former = proved;
        if (former != null) {
            former.destroy();
            proved = null;
            responders = responder == null ? List.of() : List.of(responder);
        }
    }

    private @Nullable Session session(String serial) {
        for (Session session : sessions) {
            if (session.pair.peerSerial().equals(serial)) {
                return session;
            }
        }
        return null;
    }

    /// Sends a message in an open session; dropped if there is none.
    public void send(String serial, JoinMessage message) {
        Session session = session(serial);
        if (session != null) {
            session.stream.offer(JoinMessage.toOctets(message, session.pair.version()));
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
        this.nowNs = nowNs;
        return certificates.onFrame(octets, nowNs);
    }

    /// Takes a sealed frame of a join session, from its MAC addresses on.
    void onSealed(byte[] octets, long nowNs) {
        FrameFate fate = FrameFate.UNKNOWN_SCI;
        for (Session session : sessions) {
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
        SegmentFate fate = session.stream.onSegment(
                content, at, length, nowNs, (message, from, n) -> onMessage(session.pair, message, from, n));
        if (fate != SegmentFate.ACCEPTED) {
            counters.count("join-segment", fate);
        }
    }

    private void onMessage(PairSession pair, byte[] octets, int at, int length) {
        JoinMessage message = JoinMessage.parse(java.util.Arrays.copyOfRange(octets, at, at + length), pair.version());
        if (message == null) {
            counters.count("join-message-malformed");
        } else {
            listener.onJoinMessage(pair.peerSerial(), message);
        }
    }

    int doWork(long nowNs) {
        this.nowNs = nowNs;
        if (proved != null && nowNs - provedNs > PROVED_NS) {
            forgetProved();
        }
        int work = certificates.doWork(nowNs, certificateSender);
        work += initiator.doWork(nowNs, handshakeSink);
        for (int i = 0; i < responders.size(); i++) {
            work += responders.get(i).doWork(nowNs, handshakeSink);
        }
        for (int i = 0; i < sessions.size(); i++) {
            Session session = sessions.get(i);
            if (session.stream.isDue(nowNs)) {
                work += session.stream.doWork(nowNs, (octets, at, n) -> sendSegment(session, octets, at, n));
            }
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
        Announcer announcer = announcers.get(session.pair.peerSerial());
        paths.address(0, announcer == null ? PathSet.GROUP_MAC : announcer.mac, frame);
        int sealed = session.pair.seal(MessageClass.JOIN, plain, 0, length + 1);
        counters.countSent(MessageClass.JOIN);
        return paths.send(0, frame, sealed);
    }

    long nextDeadlineNs(long nowNs) {
        long nextNs = initiator.nextDeadlineNs(nowNs);
        nextNs = Math.min(nextNs, certificates.nextDeadlineNs(nowNs));
        for (int i = 0; i < responders.size(); i++) {
            nextNs = Math.min(nextNs, responders.get(i).nextDeadlineNs(nowNs));
        }
        for (int i = 0; i < sessions.size(); i++) {
            nextNs = Math.min(nextNs, sessions.get(i).stream.nextDeadlineNs(nowNs));
        }
        return nextNs;
    }
}
