package net.testudo.element.flow;

/// Where a flow stands in its life, and how long it may then be idle.
public enum ConnectionState {
    /// TCP, only the first SYN was seen.
    TCP_OPENING(0, 30),
    /// TCP, both sides sent (RFC 5382 REQ-5: at least 2 hours 4 minutes).
    TCP_ESTABLISHED(1, 7_440),
    /// TCP, one side sent FIN (RFC 5382 REQ-5: at least 4 minutes).
    TCP_HALF_CLOSED(2, 240),
    /// TCP, both sides sent FIN; stays for the last acknowledgement and retransmissions.
    TCP_CLOSED(3, 10),
    /// TCP, a valid RST was seen.
    TCP_RESET(4, 2),
    /// UDP, packets in one direction.
    UDP_ONE_WAY(5, 30),
    /// UDP, packets in both directions (RFC 4787 REQ-5: 5 minutes recommended).
    UDP_TWO_WAY(6, 300),
    /// ICMP query and answer (RFC 5508 REQ-2: at least 60 seconds).
    ICMP_QUERY(7, 60);

    private static final ConnectionState[] VALUES = values();
    private static final long SECOND = 1_000_000_000L;
    private final int code;
    private final long idleNs;

    ConnectionState(int code, long idleSeconds) {
        this.code = code;
        this.idleNs = idleSeconds * SECOND;
    }

    /// How long a flow in this state may be without packets, in nanoseconds.
    public long idleNs() {
        return idleNs;
    }

    /// Its number in tables and messages.
    int code() {
        return code;
    }

    /// The state with this number, as it stands in a table or a message.
    ///
    /// @throws ArrayIndexOutOfBoundsException if there is none; messages are checked with [#isCode] before
    static ConnectionState of(int code) {
        return VALUES[code];
    }

    /// Whether a state has this number.
    static boolean isCode(int code) {
        return code >= 0 && code < VALUES.length;
    }
}
