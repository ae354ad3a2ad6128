package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.testudo.element.management.ElementEvent.Kind;
import net.testudo.element.management.ElementEvent.Reason;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.Silence;
import net.testudo.element.wire.cluster.ControlMessage.Suspend;
import net.testudo.element.wire.cluster.ControlMessage.SuspendReply;
import net.testudo.element.wire.cluster.ControlMessage.Vote;
import net.testudo.element.wire.cluster.StatusMessage;

/// Which members are suspended from serving: who is not heard, does not hear the master, or does not work
/// with the decided configuration. A suspension takes effect when a majority of the voters stored it: from
/// then on nobody of them renews the member's lease, and its flows may move when that lease has run out.
final class Suspensions {
    private final ClusterState state;
    private DeviceSet wanted = DeviceSet.NONE;
    /// Members that operators were told are down.
    private DeviceSet reported = DeviceSet.NONE;
    private DeviceSet lagging = DeviceSet.NONE;
    private DeviceSet unverified = DeviceSet.NONE;
    private DeviceSet stored = DeviceSet.NONE;
    private DeviceSet released = DeviceSet.NONE;
    private boolean effective;
    private boolean ownStoreFailed;
    private long sequence;
    private final long[] releaseNs = new long[DeviceSet.DEVICE_MAX + 1];

    Suspensions(ClusterState state) {
        this.state = state;
    }

    /// Suspended members whose flows may move.
    DeviceSet released() {
        return state.master ? released : DeviceSet.NONE;
    }

    /// Members that this master suspends.
    DeviceSet suspended() {
        return state.master ? wanted : state.durable.suspended();
    }

    /// Starts as master with the suspensions that its voters had stored, those among them that went with their
    /// promises.
    ///
    /// @param former the master before, 0 if none
    void begin(int former, Map<Integer, Vote> votes, long nowNs, Effects out) {
        released = DeviceSet.NONE;
        lagging = DeviceSet.NONE;
        unverified = DeviceSet.NONE;
        sequence = 0;
        DeviceSet inherited = state.durable.suspended();
        for (Vote vote : votes.values()) {
            inherited = inherited.or(vote.suspended());
        }
        DeviceSet known = inherited.without(state.self()).and(state.others());
        // Whoever suspended them has told of it; nobody has told of the death of the old master.
        reported = former == 0 ? known : known.without(former);
        store(known.or(apart(nowNs)), votes, nowNs, out);
    }

    /// Suspends members that did not confirm a revision in time; it is lifted when a member caught up.
    void suspendLagging(DeviceSet devices) {
        lagging = lagging.or(devices);
    }

    /// Suspends members that work with something else than the decided configuration, and lifts it for the others.
    void unverified(DeviceSet devices) {
        unverified = devices;
    }

    void doWork(long nowNs, Effects out) {
        state.voterChanges.doWork(nowNs);
        if (!state.master) {
            return;
        }
        DeviceSet next = next(nowNs);
        if (!next.equals(wanted)) {
            store(next, Map.of(), nowNs, out);
        } else {
            request(nowNs, out);
            if (ownStoreFailed && state.writes.fault() == null) {
                storeOwn(silences(state, wanted, nowNs), nowNs, out);
            }
        }
        report(nowNs, out);
        if (effective && state.masterLeaseValid(nowNs)) {
            for (int d = wanted.first(); d != 0; d = wanted.next(d)) {
                if (nowNs - releaseNs[d] > 0 && isOutOfOlderLeases(d, nowNs)) {
                    released = released.with(d);
                }
            }
        }
    }

    private boolean isOutOfOlderLeases(int device, long nowNs) {
        return nowNs - state.voterChanges.oldLeasesEndNs(longestLeaseNs(device)) > 0
                && !state.voterChanges.mayRenew(state.peer(device).decidedNumber, stored);
    }

    /// Members that are not heard, or do not hear this device, for their dead time.
    private DeviceSet apart(long nowNs) {
        DeviceSet apart = DeviceSet.NONE;
        DeviceSet others = state.others();
        for (int d = others.first(); d != 0; d = others.next(d)) {
            if (state.isSilent(d, nowNs) || isDeaf(d, nowNs)) {
                apart = apart.with(d);
            }
        }
        return apart;
    }

    private boolean isDeaf(int device, long nowNs) {
        return state.peer(device).deafNs(nowNs) > state.deadNs(device);
    }

    private DeviceSet next(long nowNs) {
        DeviceSet next = wanted.and(state.others())
                .or(apart(nowNs))
                .or(lagging.or(unverified).and(state.others()));
        if (!effective) {
            return next;
        }
        for (int d = wanted.first(); d != 0; d = wanted.next(d)) {
            boolean caughtUp = state.peer(d).decidedNumber >= state.number();
            Peer peer = state.peer(d);
            boolean inTouch = Math.max(peer.silentNs(nowNs), peer.deafNs(nowNs)) < state.deadNs(d) / 2;
            if (inTouch && (caughtUp || !lagging.contains(d)) && !unverified.contains(d)) {
                next = next.without(d);
                lagging = lagging.without(d);
            }
        }
        return next;
    }

    /// Members that are not suspended and do not hold revision `number` yet, or do not work with it.
    DeviceSet behind(long number) {
        DeviceSet behind = DeviceSet.NONE;
        DeviceSet members = state.members().without(state.self()).minus(suspended());
        for (int d = members.first(); d != 0; d = members.next(d)) {
            if (state.peer(d).decidedNumber < number || inForce(d) < number) {
                behind = behind.with(d);
            }
        }
        return behind;
    }

    /// The number of the revision that `device` works with.
    private long inForce(int device) {
        StatusMessage status = state.peer(device).status;
        return status == null ? 0 : status.inForce().number();
    }

    private void report(long nowNs, Effects out) {
        DeviceSet down = wanted.minus(reported).and(state.members());
        for (int d = down.first(); d != 0; d = down.next(d)) {
            long silentNs = state.peer(d).silentNs(nowNs);
            Map<String, String> evidence = Map.of("silent-ns", Long.toString(silentNs));
            if (unverified.contains(d)) {
                down(d, Reason.NOT_VERIFIED, "what it works with cannot be verified", evidence, out);
            } else if (lagging.contains(d)) {
                down(d, Reason.NOT_CONFIRMED, "did not confirm the newest revision", evidence, out);
            } else if (isDeaf(d, nowNs) && !state.isSilent(d, nowNs)) {
                down(d, Reason.DOES_NOT_HEAR, "it is heard, and does not hear the master", evidence, out);
            } else {
                down(d, Reason.SILENT, "status messages missing", evidence, out);
            }
        }
        DeviceSet up = reported.minus(wanted).and(state.members());
        for (int d = up.first(); d != 0; d = up.next(d)) {
            state.notify(out, Kind.MEMBER_UP, d, "status messages heard again", Map.of());
        }
        reported = wanted;
    }

    private void down(int device, Reason reason, String cause, Map<String, String> evidence, Effects out) {
        state.notify(out, Kind.MEMBER_DOWN, device, reason, cause, evidence);
    }

    /// @param votes of voters that may have stored the same already
    private void store(DeviceSet next, Map<Integer, Vote> votes, long nowNs, Effects out) {
        wanted = next;
        sequence++;
        stored = DeviceSet.NONE;
        effective = false;
        released = released.and(next);
        for (int d = next.first(); d != 0; d = next.next(d)) {
            state.peer(d).suspended = true;
        }
        java.util.Arrays.fill(releaseNs, nowNs);
        state.durable = state.durable.withSuspended(next, state.masterEpoch, sequence);
        List<Silence> silences = silences(state, next, nowNs);
        // Who is alone renews all leases by itself, and does not any more: on disk that is of no use, since it knows no
        // flows after a restart.
        DeviceSet onDisk = state.writes.stored().suspended();
        if (state.alone || onDisk.or(next).equals(onDisk)) {
            acknowledged(state.self(), silences, nowNs);
        }
        storeOwn(silences, nowNs, out);
        votes.forEach((voter, vote) -> {
            if (vote.suspended().equals(next) && covers(vote.silences(), next)) {
                acknowledged(voter, vote.silences(), nowNs);
            }
        });
        DeviceSet asked = voters();
        for (int d = asked.first(); d != 0; d = asked.next(d)) {
            state.peer(d).forget(Peer.Retry.SUSPEND);
        }
        request(nowNs, out);
    }

    private static boolean covers(List<Silence> silences, DeviceSet devices) {
        DeviceSet left = devices;
        for (Silence silence : silences) {
            left = left.without(silence.device());
        }
        return left.equals(DeviceSet.NONE);
    }

    private void storeOwn(List<Silence> silences, long nowNs, Effects out) {
        long epoch = state.masterEpoch;
        long order = sequence;
        ownStoreFailed = false;
        state.persist(out, new ClusterState.Continuation() {
            @Override
            public void run(long laterNs, Effects later) {
                if (isCurrent()) {
                    acknowledged(state.self(), silences, nowNs);
                }
            }

            @Override
            public void failed(String reason, long laterNs, Effects later) {
                ownStoreFailed |= isCurrent();
            }

            private boolean isCurrent() {
                return state.master && state.masterEpoch == epoch && sequence == order;
            }
        });
    }

    private DeviceSet voters() {
        return state.votersAndCandidates().or(state.members()).without(state.self());
    }

    private void request(long nowNs, Effects out) {
        DeviceSet asked = voters().minus(stored);
        for (int d = asked.first(); d != 0; d = asked.next(d)) {
            if (state.peer(d).due(Peer.Retry.SUSPEND, nowNs, state.retryNs())) {
                out.add(new Effect.SendMessage(d, new Suspend(state.masterEpoch, sequence, wanted)));
            }
        }
    }

    void onReply(int voter, SuspendReply reply, long nowNs) {
        if (state.master && reply.epoch() == state.masterEpoch && reply.sequence() == sequence) {
            acknowledged(voter, reply.silences(), nowNs);
        }
    }

    /// The voter stopped to report a device when it had not heard it for `silentNs`; the last lease it helped to
    /// renew ends one lease after that.
    private void acknowledged(int voter, List<Silence> silences, long atNs) {
        DeviceSet before = stored;
        stored = stored.with(voter);
        for (Silence silence : silences) {
            // Who answers when it is in effect already counts for older sets of voters only.
            boolean counts =
                    !effective || state.voterChanges.mayRenew(state.peer(silence.device()).decidedNumber, before);
            if (counts && wanted.contains(silence.device())) {
                long leaseNs = longestLeaseNs(silence.device());
                long endNs = atNs + leaseNs + leaseNs / 50 - Math.max(0, silence.silentNs());
                releaseNs[silence.device()] = Math.max(releaseNs[silence.device()], endNs);
            }
        }
        // Who answers later is not asked again: each question costs it a write.
        effective |= Quorum.canDecide(state.durable, stored, state.alone);
    }

    private long longestLeaseNs(int device) {
        long announced = state.peer(device).leaseNs;
        return announced > 0
                ? Math.max(announced, state.leaseNs())
                : Math.max(Timing.ORDINARY.leaseNs(), state.timing.pairLeaseNs());
    }

    /// The voter's side: stores the order of the master and stops to report the suspended devices.
    void onSuspend(int master, Suspend order, Effects out, long nowNs) {
        DurableState durable = state.durable;
        boolean newer = order.epoch() > durable.suspendedEpoch()
                || (order.epoch() == durable.suspendedEpoch() && order.sequence() >= durable.suspendedSequence());
        if (!newer) {
            return;
        }
        state.durable = durable.withSuspended(order.devices(), order.epoch(), order.sequence());
        List<Silence> silences = silences(state, order.devices(), nowNs);
        state.persist(
                out,
                (_, later) -> later.add(
                        new Effect.SendMessage(master, new SuspendReply(order.epoch(), order.sequence(), silences))));
    }

    /// How long this device has not heard each of these.
    static List<Silence> silences(ClusterState state, DeviceSet devices, long nowNs) {
        List<Silence> silences = new ArrayList<>();
        for (int d = devices.first(); d != 0; d = devices.next(d)) {
            silences.add(new Silence(d, Math.min(state.peer(d).silentNs(nowNs), nowNs - state.startNs)));
        }
        return silences;
    }
}
