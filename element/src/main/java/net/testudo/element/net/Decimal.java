package net.testudo.element.net;

/// Whole numbers as they stand in a configuration: ASCII digits and nothing else.
public final class Decimal {
    private Decimal() {}

    /// The number written as `text`, or -1 if that is not of 1 to `digitsMax` digits.
    ///
    /// @param digitsMax at most 9, so that the number is an `int`
    public static int parse(String text, int digitsMax) {
        if (text.isEmpty() || text.length() > digitsMax) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
