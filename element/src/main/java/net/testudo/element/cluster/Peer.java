package net.testudo.element.cluster;

import net.testudo.element.wire.cluster.StatusMessage;
import org.jspecify.annotations.Nullable;

/// What this device knows of another one. Gone with the process, except what the peer says again.
final class Peer {
    /// Long ago: before anything that happened.
    static final long NEVER = Long.MIN_VALUE / 4;

    final int device;
    /// Of the newest process heard; 0 if none.
    long bootId;
    /// When anything authentic was heard from it, own clock.
    long heardNs = NEVER;
    /// Its clock in the newest status heard.
    long heardSendNs = StatusMessage.Echo.NOT_HEARD;
    /// The highest epoch it gave up.
    long releasedEpoch;
    /// The highest epoch it promised, as heard.
    long promisedEpoch;
    /// Own send time, as echoed in a report for this device as master of exactly its epoch.
    long masterEchoNs = NEVER;
    /// Own send time, as echoed in any report.
    long memberEchoNs = NEVER;
    /// When the first status was sent of which it has not shown that it heard it or a later one, own clock; [#NEVER] if
    /// none was.
    private long askedNs = NEVER;

    long decidedNumber;
    long lapse = -1;
    /// Its lease ran out by order of the master; that it gets a new one is no news.
    boolean suspended;
    /// The lease it announced.
    long leaseNs;

    /// When the turn began in which its newest status was heard, own clock.
    long turnNs = NEVER;
    /// The send time, in its clock, of the status of which the arrival was stamped last.
    long stampedSendNs = NEVER;
    /// That stamp, own clock.
    long stampNs = NEVER;
    /// What its newest status says of an exchange, until that has its last stamp.
    ClockBounds.@Nullable Exchange exchange;
    /// How its clock stands to the own one.
    @Nullable
    ClockBounds clock;

    @Nullable
    StatusMessage status;
    /// When a request was last sent to it, by kind; repeated after a while.
    private final java.util.EnumMap<Retry, Long> sentNs = new java.util.EnumMap<>(Retry.class);

    /// Requests that are repeated until answered.
    enum Retry {
        VOTE_REQUEST,
        PREPARE,
        DECIDE,
        SUSPEND
    }

    Peer(int device) {
        this.device = device;
    }

    /// A new process of the peer: what the old one said counts no more.
    void restarted(long newBootId) {
        bootId = newBootId;
        heardSendNs = StatusMessage.Echo.NOT_HEARD;
        releasedEpoch = 0;
        masterEchoNs = NEVER;
        memberEchoNs = NEVER;
        askedNs = NEVER;
        lapse = -1;
        suspended = false;
        stampedSendNs = NEVER;
        exchange = null;
        clock = null;
        status = null;
        sentNs.clear();
    }

    /// Whether a request of this kind is due again; if so it counts as sent.
    boolean due(Retry kind, long nowNs, long retryNs) {
        if (nowNs - sentNs.getOrDefault(kind, NEVER) < retryNs) {
            return false;
        }
        sentNs.put(kind, nowNs);
        return true;
    }

    /// Makes the next request of this kind due at once.
    void forget(Retry kind) {
        sentNs.remove(kind);
    }

    long silentNs(long nowNs) {
        return nowNs - heardNs;
    }

    /// Whether it was heard within `spanNs`, and what was heard shows that it hears this device.
    boolean isInTouch(long nowNs, long spanNs) {
        return status != null && silentNs(nowNs) < spanNs && nowNs - memberEchoNs < spanNs;
    }

    /// A status is sent to all.
    void asked(long nowNs) {
        askedNs = askedNs == NEVER ? nowNs : askedNs;
    }

    /// It shows that it heard the status that was sent then.
    void hears(long sendNs) {
        askedNs = sendNs >= askedNs ? NEVER : askedNs;
    }

    /// How long it has not heard this device; 0 if it says that it reports nobody.
    long deafNs(long nowNs) {
        boolean reports = status != null && !status.has(StatusMessage.VOTE_VOID);
        return reports && askedNs != NEVER ? nowNs - askedNs : 0;
    }
}
