package net.testudo.element.cluster;

import org.jspecify.annotations.Nullable;

/// What a device starts from: its durable state, and how sure that is.
public final class StartImage {
    /// Boot counts that an older image may have missed.
    private static final long BOOT_COUNT_LEAP = 1_000;

    private final DurableState durable;
    private final String note;
    private final boolean unreadable;

    private StartImage(DurableState durable, String note, boolean unreadable) {
        this.durable = durable;
        this.note = note;
        this.unreadable = unreadable;
    }

    /// The image that was last written, or null at the first start.
    public static StartImage of(byte @Nullable [] octets) {
        return octets == null ? new StartImage(DurableState.unconfigured(1), "", false) : recovered(octets, 1, "");
    }

    /// An older image, because the newest could not be read: the revision it holds is used, but the device may have
    /// promised more than it remembers, so its vote is void until the cluster gave it anew.
    ///
    /// @param reason what was wrong with the newest image, for the operator
    public static StartImage fallback(byte[] octets, String reason) {
        return recovered(octets, BOOT_COUNT_LEAP, reason);
    }

    private static StartImage recovered(byte[] octets, long boots, String reason) {
        DurableState stored = DurableStateCodec.parse(octets);
        if (stored == null) {
            return new StartImage(
                    DurableState.unconfigured(BOOT_COUNT_LEAP),
                    "the stored state cannot be read; the device starts unconfigured",
                    true);
        }
        DurableState booted = stored.withBootCount(stored.bootCount() + boots).withInSync(stored.sole());
        boolean older = !reason.isEmpty();
        if (older
                && booted.line() != null
                && !Quorum.isSoleVoter(booted.line().newest().header(), booted.self())) {
            booted = booted.withVoteVoid(true).withSole(false).withInSync(false);
        }
        return new StartImage(
                booted,
                older ? "started with revision " + booted.number() + ", the last good one: " + reason : "",
                false);
    }

    /// Whether there are octets and they are no state: who starts from this has lost it.
    public boolean isUnreadable() {
        return unreadable;
    }

    DurableState durable() {
        return durable;
    }

    /// What the operator should know of the start, or empty.
    String note() {
        return note;
    }
}
