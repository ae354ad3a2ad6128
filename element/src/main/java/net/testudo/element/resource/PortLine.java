package net.testudo.element.resource;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ports of one cluster address.
final class PortLine {
    /// Long before any time.
    static final long NEVER = Long.MIN_VALUE / 4;

    final int address;
    /// Ports that flows have.
    final BitSet used = new BitSet();
    /// Ports that flows had since this device leads.
    final BitSet touched = new BitSet();
    final long[] freedNs = new long[LeasePool.NUMBER_MAX + 1];
    final @Nullable LeaseBlock[] blocks = new LeaseBlock[LeasePool.NUMBER_MAX + 1];

    /// @param before the same line in an earlier configuration, null if it is new
    PortLine(int address, @Nullable PortLine before) {
        this.address = address;
        Arrays.fill(freedNs, NEVER);
        if (before != null) {
            used.or(before.used);
            touched.or(before.touched);
            System.arraycopy(before.freedNs, 0, freedNs, 0, freedNs.length);
        }
    }

    /// There are as many lines as cluster addresses: a handful.
    static @Nullable PortLine find(List<PortLine> lines, int address) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).address == address) {
                return lines.get(i);
            }
        }
        return null;
    }
}
