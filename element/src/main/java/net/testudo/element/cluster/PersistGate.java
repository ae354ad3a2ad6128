package net.testudo.element.cluster;

/// Decides whether something that rests on a write may be said.
final class PersistGate {
    private PersistGate() {}

    /// @param ticket of the write
    /// @param persistedTicket the highest ticket that is durable
    static boolean isDurable(long ticket, long persistedTicket) {
        return ticket <= persistedTicket;
    }
}
