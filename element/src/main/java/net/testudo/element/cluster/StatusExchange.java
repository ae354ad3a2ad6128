package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ClockReading;
import net.testudo.element.wire.cluster.StatusMessage;
import net.testudo.element.wire.cluster.StatusMessage.Echo;
import org.jspecify.annotations.Nullable;

/// Status messages: what this device says of itself, and what it takes from those of the others.
final class StatusExchange {
    private static final int HELD_MAX = 40;
    private static final long HELD_NS_MAX = 2_000_000_000L;

    private final ClusterState state;
    private final ClusterNode node;
    private final PairRule pairRule;
    private final ClockExchange clockExchange;
    private final String version;
    private long sentNs = Peer.NEVER;
    private long intervalNs;
    private int lastHeld;
    private long flows;

    StatusExchange(ClusterState state, ClusterNode node, PairRule pairRule, String version) {
        this.state = state;
        this.node = node;
        this.pairRule = pairRule;
        this.clockExchange = new ClockExchange(state);
        this.version = version;
        intervalNs = state.statusNs();
    }

    void setFlows(long count) {
        flows = count;
    }

    /// A turn begins.
    void onTurn(long nowNs) {
        clockExchange.onTurn(nowNs);
    }

    long nextDeadlineNs() {
        return sentNs + intervalNs;
    }

    /// Reports that come less often than another device's lease ends would not keep it: a lease may be
    /// shorter than the interval of a device without real-time scheduling. One that is silent counts
    /// too: in a pair, the witness is asked on its account.
    private long reportNs() {
        long shortest = state.statusNs();
        DeviceSet others = state.others();
        for (int d = others.first(); d != 0; d = others.next(d)) {
            long leaseNs = state.peer(d).leaseNs;
            if (leaseNs > 0) {
                shortest = Math.min(shortest, leaseNs / ClusterState.STATUSES_A_LEASE);
            }
        }
        return Math.max(shortest, Math.min(state.statusNs(), Timing.REAL_TIME.statusNs()));
    }

    void doWork(long nowNs, Effects out) {
        state.voterChanges.doWork(nowNs);
        intervalNs = reportNs();
        boolean due = state.statusDue || nowNs - sentNs >= intervalNs;
        if (due && state.configured() && state.self() != 0) {
            // Two in one turn may arrive in another order, on different paths: their send times tell which is newer.
            sentNs = Math.max(nowNs, sentNs + 1);
            state.statusDue = false;
            DeviceSet others = state.others();
            for (int d = others.first(); d != 0; d = others.next(d)) {
                state.peer(d).asked(sentNs);
            }
            out.add(new Effect.SendStatus(status(sentNs)));
        }
    }

    private StatusMessage status(long nowNs) {
        DurableState durable = state.durable;
        return new StatusMessage(
                state.self(),
                state.bootId,
                nowNs,
                state.leaseNs(),
                durable.promisedEpoch(),
                state.master ? state.self() : state.followed,
                flags(),
                state.masterEpoch,
                state.releasedEpoch,
                claim(),
                state.storedNumber(),
                state.lapse,
                durable.suspended(),
                state.backup,
                state.standby,
                nowNs - state.clusterStartedNs,
                state.health(),
                state.capacity,
                flows,
                version,
                state.inForce,
                node.orphans().mark(),
                echoes(),
                clockReading(nowNs),
                state.voterChanges.told(nowNs),
                List.of());
    }

    private int flags() {
        DurableState durable = state.durable;
        int flags = state.master ? StatusMessage.MASTER : 0;
        flags |= state.alone ? StatusMessage.ALONE : 0;
        flags |= state.master && !state.alone ? StatusMessage.PAIR_IN_SYNC : 0;
        HandOver handOver = state.handOver;
        if (handOver != null && handOver.epoch() == state.releasedEpoch) {
            flags |= handOver.reason() == Reason.OPERATOR ? StatusMessage.HANDED_OVER : 0;
        }
        flags |= durable.voteVoid() ? StatusMessage.VOTE_VOID : 0;
        flags |= state.writes.fault() != null ? StatusMessage.STORE_FAILED : 0;
        flags |= state.asksRelief ? StatusMessage.ASKS_RELIEF : 0;
        return flags | (durable.inSync() ? StatusMessage.IN_SYNC : 0);
    }

    private long claim() {
        if (state.master) {
            return state.masterEpoch;
        }
        return state.goingAlone ? state.durable.promisedEpoch() : node.soughtEpoch();
    }

    /// Of so many devices as fit into a frame besides all echoes, of others the next time.
    private ClockReading clockReading(long nowNs) {
        SortedMap<Integer, Integer> held = new TreeMap<>();
        for (int seen = 0; seen < DeviceSet.DEVICE_MAX && held.size() < HELD_MAX; seen++) {
            lastHeld = lastHeld % DeviceSet.DEVICE_MAX + 1;
            if (lastHeld != state.self() && state.knows(lastHeld)) {
                long heldNs = ClockExchange.heldNs(state.peer(lastHeld), nowNs);
                if (heldNs >= 0 && heldNs < HELD_NS_MAX) {
                    held.put(lastHeld, (int) heldNs);
                }
            }
        }
        return new ClockReading(state.clocks.system, state.clocks.wallMs, held);
    }

    private List<Echo> echoes() {
        List<Echo> echoes = new ArrayList<>();
        for (int d = 1; d <= DeviceSet.DEVICE_MAX; d++) {
            if (d != state.self() && state.knows(d) && state.peer(d).bootId != 0) {
                Peer peer = state.peer(d);
                boolean reported = !state.durable.suspended().contains(d) && !state.durable.voteVoid();
                echoes.add(new Echo(d, peer.bootId, reported ? peer.heardSendNs : Echo.NOT_HEARD));
            }
        }
        return echoes;
    }

    /// Takes a status of another device.
    void onStatus(StatusMessage status, long nowNs, Effects out) {
        Peer peer = state.peer(status.device());
        if (status.bootId() < peer.bootId) {
            state.count("status-of-older-process");
            return;
        }
        if (status.bootId() > peer.bootId) {
            peer.restarted(status.bootId());
            state.statusDue = true;
        }
        peer.heardNs = nowNs;
        peer.heardSendNs = Math.max(peer.heardSendNs, status.sendNs());
        boolean newest = peer.status == null || status.sendNs() - peer.status.sendNs() >= 0;
        peer.promisedEpoch = Math.max(peer.promisedEpoch, status.promisedEpoch());
        noteRelease(peer, status);
        if (newest) {
            boolean lapsed = peer.lapse > 0 && status.lapse() > peer.lapse;
            if (lapsed && state.master && !peer.suspended) {
                state.leaseLost(status.device(), out);
            }
            peer.suspended &= !lapsed;
            peer.status = status;
            clockExchange.onStatus(peer, status, ownEcho(status), nowNs);
            peer.leaseNs = status.leaseNs();
            peer.decidedNumber = status.decidedNumber();
            peer.lapse = status.lapse();
        }
        if (!state.configured()) {
            return;
        }
        onMaster(status, nowNs, out);
        onEcho(peer, status, nowNs, out);
        onHigherPromise(status, nowNs, out);
        node.renewLeases(nowNs, out);
    }

    /// A status that shows the promised epoch as seen but not claimed is a release.
    private void noteRelease(Peer peer, StatusMessage status) {
        long promised = state.durable.promisedEpoch();
        if (state.durable.promisedTo() == peer.device
                && status.promisedEpoch() >= promised
                && status.claim() < promised) {
            peer.releasedEpoch = Math.max(peer.releasedEpoch, promised);
        }
        if (state.followed == peer.device
                && status.promisedEpoch() >= state.followedEpoch
                && status.claim() < state.followedEpoch) {
            peer.releasedEpoch = Math.max(peer.releasedEpoch, state.followedEpoch);
        }
        peer.releasedEpoch = Math.max(peer.releasedEpoch, status.releasedEpoch());
    }

    private void onMaster(StatusMessage status, long nowNs, Effects out) {
        boolean bothAlone = state.master && state.alone;
        if (status.has(StatusMessage.ALONE) && !bothAlone && state.durable.inSync()) {
            pairRule.voidMark(nowNs, out);
        }
        if (!status.has(StatusMessage.MASTER)) {
            return;
        }
        if (Epochs.isCurrent(status.masterEpoch(), state.durable)) {
            boolean lower = status.has(StatusMessage.ALONE) && state.master && state.masterEpoch > status.masterEpoch();
            if (!lower) {
                node.follow(status.masterEpoch(), status.device(), nowNs, out);
            }
        } else if (state.followed == status.device() && state.followedEpoch == status.masterEpoch()) {
            state.masterHeardNs = nowNs;
        }
        if (state.followed == status.device() && state.followedEpoch == status.masterEpoch()) {
            state.backup = status.backup();
            state.standby = status.standby();
            if (state.peer(status.device()).clock == null) {
                state.clusterStartedNs = nowNs - status.clusterAgeNs();
            }
        }
        Echo echo = ownEcho(status);
        boolean fresh = echo != null
                && echo.sendNs() != Echo.NOT_HEARD
                && nowNs - echo.sendNs() <= state.deadNs(status.device());
        if (fresh
                && status.has(StatusMessage.PAIR_IN_SYNC)
                && state.followed == status.device()
                && !state.durable.inSync()
                && state.number() >= status.decidedNumber()) {
            pairRule.renewMark(out);
        }
    }

    private @Nullable Echo ownEcho(StatusMessage status) {
        Echo echo = status.echoOf(state.self());
        return echo != null && echo.bootId() == state.bootId ? echo : null;
    }

    private void onEcho(Peer peer, StatusMessage status, long nowNs, Effects out) {
        Echo echo = ownEcho(status);
        if (echo == null) {
            return;
        }
        boolean stale =
                echo.sendNs() == Echo.NOT_HEARD || nowNs - echo.sendNs() > state.deadNs(status.device()) * 2 / 3;
        if (state.durable.inSync() && !state.master && stale) {
            pairRule.voidMark(nowNs, out);
        }
        peer.hears(echo.sendNs());
        if (echo.sendNs() == Echo.NOT_HEARD || !state.voterChanges.counts(status)) {
            return;
        }
        peer.memberEchoNs = Math.max(peer.memberEchoNs, echo.sendNs());
        if (state.master && Reports.countsForMaster(status, state.masterEpoch, state.self())) {
            peer.masterEchoNs = Math.max(peer.masterEchoNs, echo.sendNs());
        }
    }

    /// A master that sees a higher promise at any device takes an epoch above it.
    private void onHigherPromise(StatusMessage status, long nowNs, Effects out) {
        boolean outrun = state.master
                && status.promisedEpoch() > state.masterEpoch
                && state.durable.promisedEpoch() == state.masterEpoch;
        if (!outrun) {
            return;
        }
        if (!state.alone) {
            node.stepDown(true, nowNs, out);
            node.standAbove(status, nowNs, out);
        } else if (!status.has(StatusMessage.ALONE)
                && !state.goingAlone
                && !node.commit().deciding()) {
            pairRule.outrun(status.promisedEpoch(), nowNs, out);
        }
    }
}
