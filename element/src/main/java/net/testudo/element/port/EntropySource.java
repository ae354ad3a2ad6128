package net.testudo.element.port;

/// Where random octets for keys, boot identifiers and back-off come from: the system's generator in the product,
/// a seeded one in the simulator.
@FunctionalInterface
public interface EntropySource {
    /// Fills the whole array.
    void fill(byte[] octets);
}
