package net.testudo.element.flow;

import java.util.Arrays;

/// Open addressing with linear probing: 64-bit hash to a non-negative number. Several numbers may share a hash; the
/// caller compares keys. At most half full, so that a search stays short; deletion moves followers back and leaves no
/// tombstones.
final class SlotIndex {
    private final long[] hashes;
    private final int[] values;
    private final int mask;

    /// @param entryCountMax how many entries there will be at most
    SlotIndex(int entryCountMax) {
        int cells = Integer.highestOneBit(Math.max(entryCountMax, 4) * 2 - 1) << 1;
        hashes = new long[cells];
        values = new int[cells];
        mask = cells - 1;
        Arrays.fill(values, -1);
    }

    /// The cell where a search for `hash` starts.
    int start(long hash) {
        return (int) (hash >>> 32) & mask;
    }

    /// The first cell with this hash at `cell` or after it, or -1.
    int seek(long hash, int cell) {
        for (int c = cell; values[c] >= 0; c = (c + 1) & mask) {
            if (hashes[c] == hash) {
                return c;
            }
        }
        return -1;
    }

    /// The cell after `cell`.
    int next(int cell) {
        return (cell + 1) & mask;
    }

    /// The number in a cell.
    int value(int cell) {
        return values[cell];
    }

    void put(long hash, int value) {
        int c = start(hash);
        while (values[c] >= 0) {
            c = (c + 1) & mask;
        }
        hashes[c] = hash;
        values[c] = value;
    }

    void remove(long hash, int value) {
        int c = seek(hash, start(hash));
        while (c >= 0 && values[c] != value) {
            c = seek(hash, next(c));
        }
        if (c >= 0) {
            close(c);
        }
    }

    void clear() {
        Arrays.fill(values, -1);
    }

    private void close(int cell) {
        int gap = cell;
        for (int c = (gap + 1) & mask; values[c] >= 0; c = (c + 1) & mask) {
            int home = start(hashes[c]);
            if (((c - home) & mask) >= ((c - gap) & mask)) {
                hashes[gap] = hashes[c];
                values[gap] = values[c];
                gap = c;
            }
        }
        values[gap] = -1;
    }

    /// Spreads 64 bits over 64 bits (the finalizer of a multiplicative generator), so that a sender who does not know
    /// the seed cannot aim at one cell.
    static long mix(long value) {
        long z = value * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 32)) * 0xd6e8feb86659fd93L;
        z = (z ^ (z >>> 32)) * 0xd6e8feb86659fd93L;
        return z ^ (z >>> 32);
    }
}
