package net.testudo.element.forwarding;

/// Who is told of received ARP replies: the witness probes.
@FunctionalInterface
public interface ArpReplies {
    /// A reply from `address`.
    ///
    /// @param network index of the network it came from
    /// @param address sender's IPv4 address
    /// @param targetMac to whom it was sent
    void onArpReply(int network, int address, long targetMac, long nowNs);
}
