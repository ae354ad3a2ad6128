package net.testudo.element.channel;

import java.util.Arrays;

/// Remembers which of the newest packet numbers were seen, as a ring of bits (the idea of RFC 6479).
final class ReplayWindow {
    /// How far behind the newest number a frame may come. The ring holds one word more, which is being cleared.
    static final int NUMBERS = 8192;

    private static final int WORDS = NUMBERS / 64 + 1;

    private final long[] seen = new long[WORDS];
    private final long floor;
    private long newest;

    /// @param floor up to this number all are taken for old; 0 if nothing came before
    ReplayWindow(long floor) {
        this.floor = floor;
        this.newest = floor;
    }

    /// Whether a frame with this number may still be accepted; numbers start at 1.
    FrameFate check(long number) {
        if (number <= floor || newest - number >= NUMBERS) {
            return FrameFate.LATE;
        }
        boolean known = number <= newest && (seen[word(number)] & 1L << number) != 0;
        return known ? FrameFate.REPLAYED : FrameFate.OK;
    }

    /// The frame with this number was authentic. Only after [#check] said OK.
    void accept(long number) {
        if (number > newest) {
            long steps = (number >>> 6) - (newest >>> 6);
            if (steps >= WORDS) {
                Arrays.fill(seen, 0);
            } else {
                for (long word = (newest >>> 6) + 1; word <= number >>> 6; word++) {
                    seen[(int) (word % WORDS)] = 0;
                }
            }
            newest = number;
        }
        seen[word(number)] |= 1L << number;
    }

    private static int word(long number) {
        return (int) ((number >>> 6) % WORDS);
    }
}
