package net.testudo.element.port;

import net.testudo.element.management.SystemClock;

/// What the device's system says of its wall clock. Asking is done elsewhere.
@FunctionalInterface
public interface ClockGauge {
    /// What was learnt last; never waits.
    SystemClock systemClock();
}
