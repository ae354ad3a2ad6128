package net.testudo.element.resource;

/// Adjacent numbers of a line that are granted together.
///
/// @param line the numbers' own space
/// @param first number
/// @param size how many, at least 1
public record LeaseBlock(int line, int first, int size) {
    /// @throws IllegalArgumentException if there is no number in it
    public LeaseBlock {
        if (size < 1) {
            throw new IllegalArgumentException("a block holds at least one number: " + size);
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
