package net.testudo.element.cluster;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.cluster.log.LogCopy;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.Log;
import net.testudo.element.wire.cluster.LogMessage;
import net.testudo.element.wire.cluster.LogMessage.Fetch;
import net.testudo.element.wire.cluster.LogMessage.Position;
import net.testudo.element.wire.cluster.LogMessage.Records;
import net.testudo.element.wire.cluster.LogMessage.Report;
import net.testudo.element.wire.cluster.LogMessage.Stored;

/// The master's part of the event log: takes over the log of a majority, gives events their place, hands records out.
final class LogMaster {
    private static final long RETRY_NS = 200_000_000L;

    private final ClusterState state;
    private final Map<Integer, Copy> copies = new TreeMap<>();
    private long epoch;
    private boolean open;
    /// The newest place when the log was opened.
    private long start;
    private long fetchedNs = Peer.NEVER;

    LogMaster(ClusterState state) {
        this.state = state;
    }

    /// What one member holds, as far as it said so in this epoch.
    private static final class Copy {
        final long bootId;
        final Position position;
        /// The place up to which it holds the log of this master.
        long base;
        boolean awaited;
        boolean inStep;
        long sentNs = Peer.NEVER;

        Copy(long bootId, Position position) {
            this.bootId = bootId;
            this.position = position;
        }
    }

    void doWork(long nowNs, Effects out) {
        if (!state.master || epoch != state.masterEpoch) {
            epoch = state.master ? state.masterEpoch : 0;
            open = false;
            fetchedNs = Peer.NEVER;
            copies.clear();
        }
        if (!state.master) {
            return;
        }
        DeviceSet others = state.others();
        copies.entrySet()
                .removeIf(e -> !others.contains(e.getKey()) || state.peer(e.getKey()).bootId != e.getValue().bootId);
        if (!open) {
            gather(nowNs, out);
        }
        if (open) {
            if (!state.log.isOrdered()) {
                state.log.unordered().forEach(event -> order(event, out));
            }
            handOut(nowNs, out);
        }
    }

    /// Opens the log as soon as nobody of a majority holds more than this device.
    private void gather(long nowNs, Effects out) {
        DeviceSet heard = DeviceSet.of(state.self());
        int longest = 0;
        for (Map.Entry<Integer, Copy> entry : copies.entrySet()) {
            int device = entry.getKey();
            Position position = entry.getValue().position;
            if (state.isSilent(device, nowNs)) {
                continue;
            }
            heard = heard.with(device);
            Copy best = copies.get(longest);
            if (state.log.isBehind(position) && (best == null || LogCopy.isLonger(position, best.position))) {
                longest = device;
            }
        }
        if (!Quorum.canDecide(state.durable, heard, state.alone)) {
            return;
        }
        Copy best = copies.get(longest);
        if (best == null) {
            state.log.adopt(epoch);
            start = state.log.newest();
            open = true;
            copies.values().forEach(copy -> copy.base = state.log.agreement(copy.position));
        } else if (nowNs - fetchedNs > RETRY_NS) {
            fetch(longest, state.log.agreement(best.position), nowNs, out);
        }
    }

    private void fetch(int device, long base, long nowNs, Effects out) {
        fetchedNs = nowNs;
        send(device, new Fetch(epoch, base), out);
    }

    /// Records that this device asked for before it opened the log.
    void onFetched(int from, Records message, long nowNs, Effects out) {
        Copy copy = copies.get(from);
        if (open || copy == null) {
            return;
        }
        long before = state.log.newest();
        List<ElementEvent> news = state.log.take(message);
        if (news == null) {
            return;
        }
        news.forEach(event -> out.add(new Effect.Notify(event)));
        if (state.log.newest() >= message.newest()) {
            state.log.adopt(copy.position.adopted());
        } else if (state.log.newest() > before) {
            fetch(from, state.log.newest(), nowNs, out);
        }
    }

    void onPosition(int from, Position position) {
        Copy copy = new Copy(state.peer(from).bootId, position);
        copy.base = open ? state.log.agreement(position) : 0;
        copies.put(from, copy);
    }

    void onReport(Report report, Effects out) {
        if (open) {
            report.events().forEach(event -> order(event, out));
        }
    }

    void onStored(int from, Stored stored) {
        Copy copy = copies.get(from);
        if (copy != null && stored.newest() >= copy.base) {
            copy.base = Math.min(stored.newest(), state.log.newest());
            copy.awaited = false;
            copy.inStep = true;
        }
    }

    /// How much of this log a device is known to hold, percent.
    int progress(int device) {
        Copy copy = copies.get(device);
        long newest = state.log.newest();
        if (device == state.self() || newest == 0) {
            return 100;
        }
        long missing = copy == null || !copy.inStep ? newest : newest - copy.base;
        return (int) (100 - 100 * Math.min(newest, missing) / newest);
    }

    private void order(ElementEvent event, Effects out) {
        if (state.log.order(event, epoch)) {
            out.add(new Effect.Notify(event));
        }
    }

    private void handOut(long nowNs, Effects out) {
        for (Map.Entry<Integer, Copy> entry : copies.entrySet()) {
            int device = entry.getKey();
            Copy copy = entry.getValue();
            boolean due = copy.awaited
                    ? nowNs - copy.sentNs > RETRY_NS && !state.isSilent(device, nowNs)
                    : !copy.inStep || copy.base < state.log.newest();
            if (due) {
                copy.awaited = true;
                copy.sentNs = nowNs;
                send(device, state.log.records(epoch, start, copy.base, LogMessage.RECORDS_MAX), out);
            }
        }
    }

    private static void send(int device, LogMessage message, Effects out) {
        out.add(new Effect.SendMessage(device, new Log(message)));
    }
}
