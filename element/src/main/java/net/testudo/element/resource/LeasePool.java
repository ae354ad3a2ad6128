package net.testudo.element.resource;

import java.util.List;

/// Numbers of a line from which blocks are granted. The pools of a line have no number in common.
///
/// @param id the same for the same pool on every device
/// @param line the numbers' own space, such as the ports of one cluster address
/// @param ranges of the numbers, ascending, without a common number
/// @param blockSize numbers granted at a time, at least 1
public record LeasePool(long id, int line, List<Range> ranges, int blockSize) {
    /// The highest number of a line.
    public static final int NUMBER_MAX = 65_535;

    /// Numbers from `first` to `last`, both included.
    public record Range(int first, int last) {
        /// @throws IllegalArgumentException if the numbers are not 0 to [#NUMBER_MAX] in order
        public Range {
            if (first < 0 || last > NUMBER_MAX || first > last) {
                throw new IllegalArgumentException("not a range of numbers: " + first + ".." + last);
            }
        }

        /// How many there are.
        public int size() {
            return last - first + 1;
        }
    }

    /// Keeps its own copy of the ranges.
    ///
    /// @throws IllegalArgumentException if the block size is below 1
    public LeasePool {
        if (blockSize < 1) {
            throw new IllegalArgumentException("a block holds at least one number: " + blockSize);
        }
        ranges = List.copyOf(ranges);
    }

    /// How many numbers the pool has.
    public int size() {
        return ranges.stream().mapToInt(Range::size).sum();
    }

    /// Whether all numbers of the block are in one range of this pool.
    public boolean contains(LeaseBlock block) {
        return block.line() == line
                && ranges.stream().anyMatch(r -> block.first() >= r.first() && block.last() <= r.last());
    }
}
