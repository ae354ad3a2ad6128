package net.testudo.element.management;

import org.jspecify.annotations.Nullable;

/// What is known of a member's clocks (FRM-13).
///
/// @param offset of its monotonic clock to that of the master, null if unknown
/// @param system what its system says of its wall clock
/// @param wallDifferenceMs how far its wall clock is ahead of the master's, in milliseconds, null if unknown
public record MemberClock(
        @Nullable Offset offset,
        SystemClock system,
        @Nullable Long wallDifferenceMs) {
    /// Nothing is known.
    public static final MemberClock UNKNOWN = new MemberClock(null, SystemClock.UNKNOWN, null);

    /// A difference of two monotonic clocks. They begin at any time; what says something is its change.
    ///
    /// @param ns what one clock is ahead of the other
    /// @param uncertaintyNs the true difference is at most so far away
    public record Offset(long ns, long uncertaintyNs) {}
}
