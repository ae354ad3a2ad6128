package net.testudo.sim.traffic;

/// One conversation, as the host sees it that began it: a message is sent, answered, and after a pause the next one
/// follows. A TCP message is repeated until it is answered; a datagram is followed by the next.
public final class Conversation {
    /// Where it stands.
    public enum State {
        /// Nothing was answered yet.
        OPENING,
        /// Messages are answered.
        OPEN,
        /// The last message, a FIN, waits for its answer.
        CLOSING,
        /// It was ended by its hosts.
        OVER,
        /// It was given up, because nothing was answered for too long.
        LOST
    }

    private final int flow;
    private final Protocol protocol;
    private final int fromNetwork;
    private final int port;
    private final int farAddress;
    private final int farPort;
    private final int firstSequence;
    private State state = State.OPENING;
    private int number;
    private int farSequence;
    private boolean answered;
    private boolean closes;
    private long openedAtNs = -1;
    private String seenFrom = "nowhere";
    private long waitingSinceNs = -1;
    private long longestWaitNs;

    /// @param flow its number, unique in the world
    /// @param fromNetwork index of the network of the host that begins it
    /// @param port of that host, or the identifier of its echoes
    /// @param farAddress whom it calls
    /// @param farPort where
    Conversation(int flow, Protocol protocol, int fromNetwork, int port, int farAddress, int farPort) {
        this.flow = flow;
        this.protocol = protocol;
        this.fromNetwork = fromNetwork;
        this.port = port;
        this.farAddress = farAddress;
        this.farPort = farPort;
        this.firstSequence = flow * 0x85eb_ca6b;
    }

    /// The TCP sequence number of message `number`: one SYN, then equal messages.
    static int sequence(int first, int number) {
        return number == 0 ? first : first + 1 + number * Tag.OCTETS;
    }

    /// Its number.
    public int flow() {
        return flow;
    }

    /// What it is carried by.
    public Protocol protocol() {
        return protocol;
    }

    /// Index of the network that it begins on.
    public int fromNetwork() {
        return fromNetwork;
    }

    /// Port of the host that began it.
    public int port() {
        return port;
    }

    /// Where it stands.
    public State state() {
        return state;
    }

    /// Whether it is established and not about to end.
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /// Whether nothing more is sent.
    public boolean isEnded() {
        return state == State.OVER || state == State.LOST;
    }

    /// When the first answer came, in simulated time, -1 if none did.
    public long openedAtNs() {
        return openedAtNs;
    }

    /// How long the oldest message without an answer has waited, 0 if there is none.
    public long waitNs(long nowNs) {
        return waitingSinceNs < 0 ? 0 : nowNs - waitingSinceNs;
    }

    /// The longest time from a message to the next answer since the last [#forgetWaits].
    public long longestWaitNs(long nowNs) {
        return Math.max(longestWaitNs, waitNs(nowNs));
    }

    /// Measures anew.
    void forgetWaits() {
        longestWaitNs = 0;
    }

    /// The present message once more, or for the first time.
    TaggedPacket message(int address, int transmission, long nowNs) {
        if (waitingSinceNs < 0) {
            waitingSinceNs = nowNs;
        }
        int flags = number == 0 ? TaggedPacket.SYN : TaggedPacket.ACK | (state == State.CLOSING ? TaggedPacket.FIN : 0);
        return packet(address, protocol == Protocol.TCP ? flags : 0, transmission);
    }

    /// What ends it without an answer.
    TaggedPacket reset(int address, int transmission) {
        return packet(address, TaggedPacket.RST | TaggedPacket.ACK, transmission);
    }

    private TaggedPacket packet(int address, int flags, int transmission) {
        return new TaggedPacket(
                protocol,
                address,
                port,
                farAddress,
                farPort,
                flags,
                sequence(firstSequence, number),
                farSequence,
                new Tag(flow, number, false, transmission));
    }

    /// The far side got a message, from this address and port.
    void onSeen(String address) {
        seenFrom = address;
    }

    /// Where the far side saw the last message come from.
    public String seenFrom() {
        return seenFrom;
    }

    /// Whom it calls, and where.
    public String far() {
        return TaggedPacket.end(farAddress, farPort);
    }

    /// Whether a packet comes from where this one was sent to, and goes where it came from.
    boolean isPeer(TaggedPacket packet) {
        boolean echo = protocol == Protocol.ICMP;
        return packet.protocol() == protocol
                && packet.source() == farAddress
                && packet.destinationPort() == port
                && (echo || packet.sourcePort() == farPort);
    }

    /// An answer came.
    ///
    /// @return whether it is the first one to the present message
    boolean onAnswer(TaggedPacket packet, long nowNs) {
        boolean isPresent = packet.tag().number() == number;
        if (isEnded() || (protocol == Protocol.TCP && !isPresent)) {
            return false;
        }
        if (waitingSinceNs >= 0) {
            longestWaitNs = Math.max(longestWaitNs, nowNs - waitingSinceNs);
            waitingSinceNs = -1;
        }
        if (state == State.OPENING) {
            state = State.OPEN;
            openedAtNs = nowNs;
            longestWaitNs = 0;
        } else if (state == State.CLOSING) {
            end(State.OVER);
        }
        boolean isFirst = isPresent && !answered;
        answered |= isPresent;
        farSequence = packet.sequence() + Tag.OCTETS + (number == 0 ? 1 : 0);
        return isFirst;
    }

    /// Number of the present message.
    int number() {
        return number;
    }

    /// Whether the present message was answered.
    boolean isAnswered() {
        return answered;
    }

    /// Goes on to the next message.
    void next() {
        number++;
        answered = false;
        if (closes) {
            state = State.CLOSING;
        }
    }

    /// The next message is the last.
    void close() {
        closes = true;
    }

    void end(State how) {
        state = how;
        waitingSinceNs = -1;
    }

    @Override
    public String toString() {
        return "flow " + flow + " (" + protocol + " of port " + port + ", " + state + ", message " + number + ")";
    }
}
