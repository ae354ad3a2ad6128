package net.testudo.agent.netconf;

import java.util.concurrent.atomic.AtomicLong;

/// How many octets the messages of all sessions have together, from their first octet until they were worked on: many
/// sessions with a large message each must not take the memory of all. Safe for use by any thread.
final class MessageBudget {
    private final long octetsMax;
    private final AtomicLong octets = new AtomicLong();

    MessageBudget(long octetsMax) {
        this.octetsMax = octetsMax;
    }

    long octetsMax() {
        return octetsMax;
    }

    /// Takes a part, which is given back by [#give].
    ///
    /// @return false if there is not so much left; then nothing is taken
    boolean take(long part) {
        if (octets.addAndGet(part) <= octetsMax) {
            return true;
        }
        octets.addAndGet(-part);
        return false;
    }

    void give(long part) {
        octets.addAndGet(-part);
    }
}
