package net.testudo.element.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// How much the tests with random and mutated input try, and what they say when they fail; see the README of the
/// module `tests`.
public final class Fuzz {
    /// Frames, messages or segments for each test: `-Dfuzz.frames`.
    public static final int FRAMES = Integer.getInteger("fuzz.frames", 50_000);
    /// The same for whole engines, which take longer.
    public static final int ENGINE_FRAMES = Integer.getInteger("fuzz.frames", 4_000);
    /// Of all random numbers: `-Dfuzz.seed`.
    public static final long SEED = Long.getLong("fuzz.seed", 1);

    private static final int ENOUGH = 10_000;
    private static final HexFormat HEX = HexFormat.of();

    private Fuzz() {}

    /// Makes the next input.
    public interface Maker {
        byte[] make(int number, RandomGenerator random);
    }

    /// Gives the input to what is tested and looks at what became of it.
    public interface Taker {
        void take(int number, byte[] input);
    }

    /// Makes and takes [#FRAMES] inputs.
    ///
    /// @throws AssertionError with the input and how to repeat it, at the first one that throws anything
    public static void run(Maker maker, Taker taker) {
        RandomGenerator random = new SplittableRandom(SEED);
        for (int number = 0; number < FRAMES; number++) {
            byte[] input = maker.make(number, random);
            byte[] kept = input.clone();
            try {
                taker.take(number, input);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "input %d of -Dfuzz.seed=%d (repeat with -Dfuzz.frames=%d): %s"
                                .formatted(number, SEED, number + 1, HEX.formatHex(kept)),
                        e);
            }
        }
    }

    /// Holds the test against what it should have met; a short run, which only repeats a failure, meets less.
    public static void expect(boolean met, String what) {
        assertTrue(met || FRAMES < ENOUGH, what);
    }

    /// One of the samples mutated, or random octets: every fourth time.
    public static byte[] any(byte[][] samples, RandomGenerator random) {
        if (random.nextInt(4) > 0) {
            return mutated(samples[random.nextInt(samples.length)], 0, random);
        }
        byte[] octets = new byte[random.nextInt(200)];
        random.nextBytes(octets);
        return octets;
    }

    /// The octets with up to four of them changed, and in one of four cases cut off, continued or swapped for others.
    ///
    /// @param keep so many octets at the beginning stay as they are
    public static byte[] mutated(byte[] octets, int keep, RandomGenerator random) {
        byte[] mutant = octets.clone();
        if (random.nextInt(4) == 0) {
            int room = Math.max(0, octets.length - keep);
            mutant = Arrays.copyOf(octets, keep + random.nextInt(room + 1 + random.nextInt(16)));
        }
        if (mutant.length > keep && random.nextInt(16) == 0) {
            byte[] others = new byte[mutant.length - keep];
            random.nextBytes(others);
            System.arraycopy(others, 0, mutant, keep, others.length);
        }
        for (int change = random.nextInt(4); change >= 0 && mutant.length > keep; change--) {
            mutant[keep + random.nextInt(mutant.length - keep)] = interesting(random);
        }
        return mutant;
    }

    /// Lengths and counts break at their ends rather than in the middle.
    private static byte interesting(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> (byte) 0xff;
            case 2 -> (byte) (1 << random.nextInt(8));
            default -> (byte) random.nextInt();
        };
    }
}
