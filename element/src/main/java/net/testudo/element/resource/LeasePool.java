package net.testudo.element.resource;

import java.util.List;

/// Ports of a cluster address from which blocks are leased. The pools of a line have no port in common.
///
/// @param line the cluster address
/// @param ranges of the ports, ascending, without a common port
/// @param blockSize ports leased at a time, at least 1
public record LeasePool(int line, List<Range> ranges, int blockSize) {
    /// The highest port.
    static final int NUMBER_MAX = 65_535;

    /// Ports from `first` to `last`, both included.
    public record Range(int first, int last) {
        /// @throws IllegalArgumentException if the ports are not 0 to 65535 in order
        public Range {
            if (first < 0 || last > NUMBER_MAX || first > last) {
                throw new IllegalArgumentException("not a range of ports: " + first + ".." + last);
            }
        }
    }

    /// Keeps its own copy of the ranges.
    ///
    /// @throws IllegalArgumentException if the block size is below 1
    public LeasePool {
        if (blockSize < 1) {
            throw new IllegalArgumentException("a block holds at least one port: " + blockSize);
        }
        ranges = List.copyOf(ranges);
    }
}
