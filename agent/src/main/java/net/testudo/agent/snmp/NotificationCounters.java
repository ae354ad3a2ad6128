package net.testudo.agent.snmp;

import java.util.concurrent.atomic.LongAdder;

/// What became of notifications, over all targets.
///
/// @param sent handed to the network, each attempt of an inform counted
/// @param confirmed informs that a manager confirmed
/// @param failed attempts that could not be sent or were not confirmed in time
/// @param dropped lost because a queue was full
public record NotificationCounters(LongAdder sent, LongAdder confirmed, LongAdder failed, LongAdder dropped) {
    /// All zero.
    NotificationCounters() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
}
