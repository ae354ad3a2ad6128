package net.testudo.element.cluster.history;

import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;
import org.jspecify.annotations.Nullable;

/// How one text comes from another: its first and last characters, and what stands between them.
///
/// @param head how many characters are kept at the beginning
/// @param tail how many are kept at the end
/// @param middle what stands between
record Splice(int head, int tail, String middle) {
    /// How `to` comes from `from`.
    static Splice of(String from, String to) {
        int shorter = Math.min(from.length(), to.length());
        int head = 0;
        while (head < shorter && from.charAt(head) == to.charAt(head)) {
            head++;
        }
        if (head > 0 && Character.isHighSurrogate(to.charAt(head - 1))) {
            head--; // half a character cannot be written as UTF-8
        }
        int tail = 0;
        while (tail < shorter - head && from.charAt(from.length() - 1 - tail) == to.charAt(to.length() - 1 - tail)) {
            tail++;
        }
        if (tail > 0 && Character.isLowSurrogate(to.charAt(to.length() - tail))) {
            tail--;
        }
        return new Splice(head, tail, to.substring(head, to.length() - tail));
    }

    /// The other text, or null if this does not fit to `from`.
    @Nullable
    String apply(String from) {
        boolean fits = head >= 0 && tail >= 0 && (long) head + tail <= from.length();
        return fits ? from.substring(0, head) + middle + from.substring(from.length() - tail) : null;
    }

    /// How many characters the other text has.
    long length() {
        return (long) head + middle.length() + tail;
    }

    void emit(OctetWriter out) {
        out.u32(head).u32(tail).longText(middle);
    }

    static Splice parse(OctetReader in) {
        return new Splice(in.u32(), in.u32(), in.longText());
    }
}
