package net.testudo.element.wire;

import java.lang.foreign.MemorySegment;

/// The Internet checksum: ones' complement of the ones' complement sum of 16-bit words (RFC 1071), and its
/// incremental update (RFC 1624).
public final class Checksum {
    private Checksum() {}

    /// The checksum of `length` octets, as it stands in a header whose checksum field counts as zero.
    public static int of(MemorySegment buffer, long offset, int length) {
        return finish(sum(buffer, offset, length, 0));
    }

    /// `initial` and the sum of the words in `length` octets; an odd last octet counts as the high half of a word.
    public static long sum(MemorySegment buffer, long offset, int length, long initial) {
        long sum = initial;
        int at = 0;
        for (; at + 4 <= length; at += 4) {
            sum += Octets.i32(buffer, offset + at) & 0xffff_ffffL;
        }
        if (at + 2 <= length) {
            sum += Octets.u16(buffer, offset + at);
            at += 2;
        }
        return at < length ? sum + ((long) Octets.u8(buffer, offset + at) << 8) : sum;
    }

    /// The sum of the pseudo-header of UDP and TCP (RFC 9293 §3.1).
    ///
    /// @param length of the segment or datagram with its header, in octets
    public static long pseudoHeader(int source, int destination, int protocol, int length) {
        return (source & 0xffff_ffffL) + (destination & 0xffff_ffffL) + protocol + length;
    }

    /// The checksum for a sum.
    public static int finish(long sum) {
        return ~fold(sum) & 0xffff;
    }

    /// The checksum after a 16-bit word it covers changed from `before` to `after` (RFC 1624 equation 3).
    public static int update(int checksum, int before, int after) {
        return finish((~checksum & 0xffffL) + (~before & 0xffffL) + (after & 0xffffL));
    }

    /// The checksum after two adjacent words it covers changed from `before` to `after`.
    public static int update32(int checksum, int before, int after) {
        return finish((~checksum & 0xffffL) + (~before & 0xffff_ffffL) + (after & 0xffff_ffffL));
    }

    private static int fold(long sum) {
        long folded = (sum >>> 32) + (sum & 0xffff_ffffL);
        while (folded >>> 16 != 0) {
            folded = (folded >>> 16) + (folded & 0xffff);
        }
        return (int) folded;
    }
}
