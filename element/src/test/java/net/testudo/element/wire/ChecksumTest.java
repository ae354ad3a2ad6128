package net.testudo.element.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    @Test
    void theSumOfRfc1071IsReached() {
        // RFC 1071 §3: the words 0001 f203 f4f5 f6f7 sum to ddf2.
        MemorySegment buffer = Hex.buffer("0001f203f4f5f6f7");
        assertEquals(~0xddf2 & 0xffff, Checksum.of(buffer, Hex.OFFSET, 8));
    }

    @Test
    void anOddOctetCountsAsTheHighHalf() {
        assertEquals(
                Checksum.of(Hex.buffer("123456789a00"), Hex.OFFSET, 6),
                Checksum.of(Hex.buffer("123456789a"), Hex.OFFSET, 5));
    }

    @Test
    void theExampleOfRfc1624IsReached() {
        // RFC 1624 §4: from dd2f, a word 5555 becomes 3285, and the checksum 0000.
        assertEquals(0x0000, Checksum.update(0xdd2f, 0x5555, 0x3285));
    }

    @Test
    void anUpdateEqualsAComputationAnew() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] octets = new byte[20 + random.nextInt(40)];
            random.nextBytes(octets);
            MemorySegment buffer = MemorySegment.ofArray(octets);
            int checksum = Checksum.of(buffer, 0, octets.length);
            int at = 2 * random.nextInt(8);
            int before = Octets.i32(buffer, at);
            int after = random.nextInt();
            Octets.put32(buffer, at, after);
            assertEquals(
                    Checksum.of(buffer, 0, octets.length), Checksum.update32(checksum, before, after), "seed " + seed);
            int word = Octets.u16(buffer, at);
            int other = random.nextInt(0x10000);
            checksum = Checksum.of(buffer, 0, octets.length);
            Octets.put16(buffer, at, other);
            assertEquals(Checksum.of(buffer, 0, octets.length), Checksum.update(checksum, word, other), "seed " + seed);
        }
    }

    @Test
    void aRateLimitAllowsABurstAndThenTheSteadyRate() {
        long start = Long.MAX_VALUE - 500_000_000L;
        RateLimit limit = new RateLimit(10, 3, start);
        assertEquals(3, allowed(limit, start, 0, 5));
        assertEquals(10, allowed(limit, start, 1_000_000_000L, 100), "over the wrap of the clock");
        assertEquals(3, allowed(limit, start + 60_000_000_000L, 0, 5), "no more than the burst is saved up");
    }

    /// How many of `tries` questions, spread evenly over the time behind `from`, are allowed.
    private static int allowed(RateLimit limit, long from, long durationNs, int tries) {
        int count = 0;
        for (int i = 1; i <= tries; i++) {
            count += limit.tryAcquire(from + durationNs / tries * i) ? 1 : 0;
        }
        return count;
    }
}
