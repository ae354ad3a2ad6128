package net.testudo.sim.traffic;

/// What a conversation is carried by.
public enum Protocol {
    /// A connection: a message is repeated until it is answered.
    TCP(6),
    /// Datagrams: what is lost stays lost.
    UDP(17),
    /// Echo requests and replies.
    ICMP(1);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    /// Its number in the IPv4 header.
    public int number() {
        return number;
    }
}
