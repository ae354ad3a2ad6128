package net.testudo.element.net;

import java.util.Optional;

/// Transport ports from `first` to `last`, both included; written `a..b`, or `a` for a single one.
public record PortRange(int first, int last) {
    /// The highest port.
    public static final int PORT_MAX = 65_535;
    /// Every port.
    public static final PortRange ALL = new PortRange(0, PORT_MAX);

    /// @throws IllegalArgumentException if `first` is above `last` or one of them is no port
    public PortRange {
        if (first < 0 || last > PORT_MAX || first > last) {
            throw new IllegalArgumentException("not a range of ports: " + first + ".." + last);
        }
    }

    /// The range as written in the configuration, or nothing if `text` is not of that form.
    public static Optional<PortRange> parse(String text) {
        int dots = text.indexOf("..");
        String low = dots < 0 ? text : text.substring(0, dots);
        String high = dots < 0 ? text : text.substring(dots + 2);
        int first = Decimal.parse(low, 5);
        int last = Decimal.parse(high, 5);
        return first < 0 || first > last || last > PORT_MAX
                ? Optional.empty()
                : Optional.of(new PortRange(first, last));
    }

    /// Whether `port` is in the range.
    public boolean contains(int port) {
        return port >= first && port <= last;
    }

    /// Whether the two ranges have a port in common.
    public boolean overlaps(PortRange other) {
        return first <= other.last && other.first <= last;
    }

    /// The number of ports.
    public int size() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + ".." + last;
    }
}
