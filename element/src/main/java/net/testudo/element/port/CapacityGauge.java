package net.testudo.element.port;

import net.testudo.element.management.Capacity;

/// What was measured of the device's hardware. Measuring is done elsewhere.
@FunctionalInterface
public interface CapacityGauge {
    /// What was measured last; never waits.
    Capacity capacity();
}
