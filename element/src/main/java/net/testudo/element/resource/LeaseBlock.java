package net.testudo.element.resource;

/// Adjacent numbers of a line that are granted together.
///
/// @param line the numbers' own space
/// @param first number
/// @param size how many, at least 1
public record LeaseBlock(int line, int first, int size) {
    /// @throws IllegalArgumentException if there is no number in it, or one that is none of a line
    public LeaseBlock {
        if (first < 0 || size < 1 || first > LeasePool.NUMBER_MAX - size + 1) {
            throw new IllegalArgumentException("not a block of numbers: " + first + ", " + size);
        }
    }

    /// The last number.
    public int last() {
        return first + size - 1;
    }

    /// Whether the two have a number in common.
    public boolean overlaps(LeaseBlock other) {
        return line == other.line && first <= other.last() && other.first <= last();
    }

    /// Whether `number` of `otherLine` is in the block.
    public boolean contains(int otherLine, int number) {
        return line == otherLine && number >= first && number <= last();
    }
}
