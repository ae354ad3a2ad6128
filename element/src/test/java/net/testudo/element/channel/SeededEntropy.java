package net.testudo.element.channel;

import java.util.SplittableRandom;
import net.testudo.element.port.EntropySource;

/// Random octets by seed, for tests.
final class SeededEntropy implements EntropySource {
    private final SplittableRandom random;

    SeededEntropy(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public void fill(byte[] octets) {
        random.nextBytes(octets);
    }
}
