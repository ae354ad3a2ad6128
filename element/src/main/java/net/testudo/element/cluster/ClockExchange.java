package net.testudo.element.cluster;

import net.testudo.element.cluster.ClockBounds.Exchange;
import net.testudo.element.management.MemberClock;
import net.testudo.element.management.SystemClock;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ClockReading;
import net.testudo.element.wire.cluster.StatusMessage;
import net.testudo.element.wire.cluster.StatusMessage.Echo;
import org.jspecify.annotations.Nullable;

/// Learns from statuses how the clocks of the others stand to the own one (FRM-13). A status echoes the send time of
/// the newest one heard, and says how long ago it was heard; both together are one exchange.
///
/// ```
///  this device      sent |-------------------------------------| heard         (a status each way)
///  peer                       peer heard |--- held ---| peer sent
/// ```
///
/// Wall clocks are compared, and nothing is decided by them.
final class ClockExchange {
    private static final long NS_PER_MS = 1_000_000;

    private final ClusterState state;
    private DeviceSet waiting = DeviceSet.NONE;

    ClockExchange(ClusterState state) {
        this.state = state;
    }

    /// How long ago the status that is echoed for `peer` was heard, in nanoseconds; [ClockReading#NOT_HELD] if that
    /// is not known yet.
    static long heldNs(Peer peer, long nowNs) {
        return peer.stampedSendNs == peer.heardSendNs ? nowNs - peer.stampNs : ClockReading.NOT_HELD;
    }

    /// Takes the newest status of `peer`; its arrival gets its stamp in the next turn.
    void onStatus(Peer peer, StatusMessage status, @Nullable Echo own, long nowNs) {
        if (peer.stampedSendNs == peer.heardSendNs) {
            return; // It came on another path before.
        }
        peer.turnNs = nowNs;
        waiting = waiting.with(peer.device);
        long heldNs = status.clock().heldNs(state.self());
        boolean told = own != null && own.sendNs() != Echo.NOT_HEARD && heldNs != ClockReading.NOT_HELD;
        peer.exchange = told && own != null
                ? new Exchange(own.sendNs(), status.sendNs() - heldNs, status.sendNs(), nowNs)
                : null;
    }

    /// A turn begins: what was heard in an earlier one is stamped.
    void onTurn(long nowNs) {
        for (int device = waiting.first(); device != 0; device = waiting.next(device)) {
            Peer peer = state.peer(device);
            if (nowNs - peer.turnNs > 0) {
                waiting = waiting.without(device);
                stamp(peer, nowNs);
            }
        }
    }

    private void stamp(Peer peer, long nowNs) {
        peer.stampedSendNs = peer.heardSendNs;
        peer.stampNs = nowNs;
        Exchange heard = peer.exchange;
        peer.exchange = null;
        if (heard == null) {
            return;
        }
        Exchange exchange = new Exchange(heard.sentNs(), heard.peerHeardNs(), heard.peerSentNs(), nowNs);
        if (!exchange.isSound()) {
            state.count("clock-exchange-unsound");
            return;
        }
        ClockBounds bounds = ClockBounds.of(exchange);
        if (bounds.lowNs() > bounds.highNs()) {
            state.count("clock-exchange-unsound");
            return;
        }
        peer.clock = bounds.and(peer.clock);
        if (peer.device == state.followed && !state.master) {
            followScale(peer);
        }
    }

    /// The cluster's age as the master counts it, which is the common scale.
    private void followScale(Peer master) {
        StatusMessage status = master.status;
        ClockBounds clock = master.clock;
        if (status != null && clock != null && status.has(StatusMessage.MASTER)) {
            state.clusterStartedNs = status.sendNs() - status.clusterAgeNs() - clock.offsetNs();
            state.clocks.compared(clock.atNs(), clock.uncertaintyNs());
        }
    }

    /// The clocks of `device`, compared with those of `master`.
    static MemberClock of(ClusterState state, int device, int master, long nowNs) {
        boolean own = device == state.self();
        StatusMessage status = state.peer(device).status;
        SystemClock system = own
                ? state.clocks.system
                : status == null ? SystemClock.UNKNOWN : status.clock().system();
        ClockBounds member = bounds(state, device, nowNs);
        ClockBounds masters = master == 0 ? null : bounds(state, master, nowNs);
        MemberClock.Offset offset = member == null || masters == null
                ? null
                : new MemberClock.Offset(
                        device == master ? 0 : member.offsetNs() - masters.offsetNs(),
                        device == master ? 0 : member.uncertaintyNs() + masters.uncertaintyNs());
        Long memberWallMs = wallMs(state, device, nowNs);
        Long masterWallMs = master == 0 ? null : wallMs(state, master, nowNs);
        return new MemberClock(
                offset, system, memberWallMs == null || masterWallMs == null ? null : memberWallMs - masterWallMs);
    }

    private static @Nullable ClockBounds bounds(ClusterState state, int device, long nowNs) {
        if (device == state.self()) {
            return new ClockBounds(0, 0, nowNs);
        }
        ClockBounds clock = state.peer(device).clock;
        return clock == null ? null : clock.at(nowNs);
    }

    /// What the wall clock of `device` shows now, null if unknown.
    static @Nullable Long wallMs(ClusterState state, int device, long nowNs) {
        if (device == state.self()) {
            return state.clocks.wallMs;
        }
        Peer peer = state.peer(device);
        StatusMessage status = peer.status;
        ClockBounds clock = peer.clock;
        if (status == null || clock == null || status.clock().wallMs() == 0) {
            return null;
        }
        long sinceNs = nowNs - (status.sendNs() - clock.offsetNs());
        return status.clock().wallMs() + sinceNs / NS_PER_MS;
    }
}
