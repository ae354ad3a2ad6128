package net.testudo.element.channel;

/// A reliable, ordered stream of messages between two devices, both directions in one object.
///
/// It is bound to a session: own session id and the peer's (their boot ids). Segments of any other pair are dropped
/// and counted, so a restarted peer cannot take over where its predecessor stopped. Between two ids there is
/// exactly one stream life; to start afresh one of the ids has to change.
///
/// Window with cumulative and selective acknowledgement; acknowledgements travel on data or alone once per
/// [#doWork]. Many small messages share a segment, a large one is cut. Everything is bounded: queue, window,
/// reassembly. Not thread-safe.
public final class ReliableStream {
    /// [#nextDeadlineNs] answers this much later when there is nothing to wait for: one hour.
    public static final long IDLE_NS = 3_600_000_000_000L;

    /// How long a refused transmission waits for the next try.
    private static final long REFUSED_NS = 500_000L;

    private final StreamConfig config;
    private final Tally<SegmentFate> fates = new Tally<>(SegmentFate.class);
    private final byte[] bare;
    private SendQueue queue;
    private SendWindow send;
    private ReceiveWindow receive;
    private long own;
    private long peer;
    private boolean acknowledge;
    private boolean refused;
    private long refusedNs;
    private long segmentsSent;
    private long retransmissions;
    private long refusedMessages;
    private long deliveredBefore;

    /// A closed stream; [#reset] opens it.
    ///
    /// @param ownSession this device's session id (boot id), not 0
    public ReliableStream(StreamConfig config, long ownSession) {
        this.config = config;
        this.own = ownSession;
        this.bare = new byte[Segment.HEADER_OCTETS + config.windowSegments() / 8];
        this.queue = new SendQueue(config.queueOctetsMax());
        this.send = new SendWindow(config.windowSegments(), config.segmentOctets());
        this.receive = new ReceiveWindow(config.windowSegments(), config.payloadOctets(), config.messageOctetsMax());
    }

    /// Opens the stream towards a peer's session, or closes it with 0. Queue, window and a half received message
    /// are dropped. Nothing happens if this session is open already.
    ///
    /// @return whether the session changed
    public boolean reset(long peerSession) {
        return reset(own, peerSession);
    }

    /// As [#reset(long)], with a new session id of this device: for a device that wants to drop its backlog.
    public boolean reset(long ownSession, long peerSession) {
        if (ownSession == own && peerSession == peer) {
            return false;
        }
        own = ownSession;
        peer = peerSession;
        deliveredBefore += receive.delivered();
        receive.close();
        queue = new SendQueue(config.queueOctetsMax());
        send = new SendWindow(config.windowSegments(), config.segmentOctets());
        receive = new ReceiveWindow(config.windowSegments(), config.payloadOctets(), config.messageOctetsMax());
        acknowledge = false;
        refused = false;
        return true;
    }

    /// Queues a message; the stream takes the array over, and the caller does not change it any more.
    ///
    /// @return false if the stream is closed or has failed, if the message is too large, or if the queue is full
    public boolean offer(byte[] message) {
        boolean taken =
                peer != 0 && !receive.failed() && message.length <= config.messageOctetsMax() && queue.offer(message);
        if (!taken) {
            refusedMessages++;
        }
        return taken;
    }

    /// Takes a segment that arrived; complete messages go to `sink`, which may call [#offer] and [#reset].
    public SegmentFate onSegment(byte[] buffer, int offset, int length, long nowNs, MessageSink sink) {
        return fates.count(accept(buffer, offset, length, nowNs, sink));
    }

    /// Emits what has to be sent: lost segments, then new ones, then an acknowledgement if none went with those.
    ///
    /// @return the number of segments emitted
    public int doWork(long nowNs, SegmentSink sink) {
        if (peer == 0 || receive.failed()) {
            return 0;
        }
        refused = false;
        send.onTime(nowNs);
        int count = 0;
        long sequence = 0;
        while (!refused && (send.mayRepeat() || (!queue.isEmpty() && send.hasRoom()))) {
            sequence = send.mayRepeat() ? send.nextLost(sequence) : open();
            if (emit(sequence, nowNs, sink)) {
                count++;
            }
        }
        if (acknowledge && !refused) {
            Segment.putSession(bare, config.stream(), config.windowSegments(), own, peer);
            Segment.putPayload(bare, false, send.next(), 0);
            count += transmit(bare, 0, nowNs, sink) ? 1 : 0;
        }
        return count;
    }

    /// Whether [#doWork] has something to do now.
    public boolean isDue(long nowNs) {
        return peer != 0 && !receive.failed() && (refused || hasToSend() || send.isLate(nowNs));
    }

    private boolean hasToSend() {
        return acknowledge || send.mayRepeat() || (!queue.isEmpty() && send.hasRoom());
    }

    /// When [#doWork] has to be called at the latest if no segment arrives before: `nowNs` if there is something
    /// to send, [#IDLE_NS] later if there is nothing to wait for.
    public long nextDeadlineNs(long nowNs) {
        if (peer == 0 || receive.failed()) {
            return nowNs + IDLE_NS;
        }
        if (refused) {
            return refusedNs + REFUSED_NS;
        }
        if (hasToSend()) {
            return nowNs;
        }
        return send.timerRuns() ? send.timerNs() : nowNs + IDLE_NS;
    }

    /// Whether the peer broke the protocol (a message over the limit, records without a start). Nothing is
    /// delivered or acknowledged any more until the session changes.
    public boolean failed() {
        return receive.failed();
    }

    /// The peer's session, 0 if the stream is closed.
    public long peerSession() {
        return peer;
    }

    /// Whether everything offered was acknowledged by the peer's stream.
    public boolean isDrained() {
        return queue.isEmpty() && send.isEmpty();
    }

    /// What waits in the queue, in octets, each message with [StreamConfig#MESSAGE_OVERHEAD_OCTETS].
    public int queuedOctets() {
        return queue.octets();
    }

    /// The smoothed round trip, 0 before the first measurement.
    public long roundTripNs() {
        return send.roundTripNs();
    }

    /// How many segments met this fate since the stream was made.
    public long segments(SegmentFate fate) {
        return fates.of(fate);
    }

    /// Segments sent, repetitions and acknowledgements included.
    public long segmentsSent() {
        return segmentsSent;
    }

    /// Segments sent again.
    public long retransmissions() {
        return retransmissions;
    }

    /// Messages that [#offer] refused.
    public long refusedMessages() {
        return refusedMessages;
    }

    /// Messages handed to the sink.
    public long deliveredMessages() {
        return deliveredBefore + receive.delivered();
    }

    private SegmentFate accept(byte[] buffer, int offset, int length, long nowNs, MessageSink sink) {
        SegmentFate fate = Segment.check(buffer, offset, length, config.stream(), own, peer);
        if (fate != SegmentFate.ACCEPTED) {
            return fate;
        }
        if (receive.failed()) {
            return SegmentFate.STREAM_FAILED;
        }
        long expected = Segment.expected(buffer, offset);
        if (expected > send.next()) {
            return SegmentFate.WRONG_ACKNOWLEDGEMENT;
        }
        int payloadAt = offset + Segment.HEADER_OCTETS;
        int payloadLength = Segment.payloadLength(buffer, offset);
        int words = Segment.words(buffer, offset);
        int window = Segment.window(buffer, offset);
        send.onAcknowledgement(buffer, payloadAt + payloadLength, words, expected, window, nowNs);
        if (!Segment.isData(buffer, offset)) {
            return fate;
        }
        // Set before delivery: the sink may reset the stream, and the new session owes nothing.
        acknowledge = true;
        return receive.onData(buffer, payloadAt, payloadLength, Segment.sequence(buffer, offset), sink);
    }

    private long open() {
        byte[] segment = send.freshSegment();
        int end = queue.fill(segment, Segment.HEADER_OCTETS, Segment.HEADER_OCTETS + config.payloadOctets());
        int length = end - Segment.HEADER_OCTETS;
        Segment.putSession(segment, config.stream(), config.windowSegments(), own, peer);
        Segment.putPayload(segment, true, send.next(), length);
        return send.add(length);
    }

    private boolean emit(long sequence, long nowNs, SegmentSink sink) {
        if (!transmit(send.segment(sequence), send.payloadLength(sequence), nowNs, sink)) {
            return false;
        }
        if (send.isRepeated(sequence)) {
            retransmissions++;
        }
        send.onSent(sequence, nowNs);
        return true;
    }

    private boolean transmit(byte[] segment, int payloadLength, long nowNs, SegmentSink sink) {
        int payloadEnd = Segment.HEADER_OCTETS + payloadLength;
        int words = receive.putSelective(segment, payloadEnd);
        Segment.putExpected(segment, receive.expected(), words);
        if (!sink.onSegment(segment, 0, payloadEnd + 8 * words)) {
            refused = true;
            refusedNs = nowNs;
            return false;
        }
        acknowledge = false;
        segmentsSent++;
        return true;
    }
}
