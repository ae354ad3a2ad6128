package net.testudo.element.port;

/// What people's clocks show. The element hands it on for them to read, and decides nothing by it.
@FunctionalInterface
public interface WallClock {
    /// Milliseconds of Unix time.
    long millis();
}
