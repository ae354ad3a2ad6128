package net.testudo.agent.access;

import java.util.concurrent.atomic.AtomicLong;
import net.testudo.agent.datastore.CanonicalLine;

/// What was denied since the server of this device started.
final class AccessCounters {
    private static final String STATE = "/ietf-netconf-acm:nacm/";
    /// The type is zero-based-counter32.
    private static final long RANGE = 1L << 32;

    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong dataWrites = new AtomicLong();
    private final AtomicLong notifications = new AtomicLong();

    void operationDenied() {
        operations.incrementAndGet();
    }

    void writeDenied() {
        dataWrites.incrementAndGet();
    }

    void notificationDenied() {
        notifications.incrementAndGet();
    }

    /// The counters as canonical lines.
    String lines() {
        return line("denied-operations", operations)
                + line("denied-data-writes", dataWrites)
                + line("denied-notifications", notifications);
    }

    private static String line(String leaf, AtomicLong count) {
        return CanonicalLine.of(STATE + leaf, Long.toString(count.get() % RANGE));
    }
}
