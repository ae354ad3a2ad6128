package net.testudo.element.cluster;

import java.util.List;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.wire.cluster.ControlMessage.Log;
import net.testudo.element.wire.cluster.LogMessage;
import net.testudo.element.wire.cluster.LogMessage.Fetch;
import net.testudo.element.wire.cluster.LogMessage.Position;
import net.testudo.element.wire.cluster.LogMessage.Records;
import net.testudo.element.wire.cluster.LogMessage.Report;
import net.testudo.element.wire.cluster.LogMessage.Stored;

/// The member's part of the event log: keeps it in step with the master, and reports what happened here.
final class LogReplication {
    private static final long RETRY_NS = 200_000_000L;

    private final ClusterState state;
    private final LogMaster master;
    private long positionEpoch;
    private long positionNs = Peer.NEVER;
    private long reportedAdditions;
    private long reportedEpoch;
    private long reportedNs = Peer.NEVER;

    LogReplication(ClusterState state) {
        this.state = state;
        this.master = new LogMaster(state);
    }

    void doWork(long nowNs, Effects out) {
        master.doWork(nowNs, out);
        boolean follows = !state.master && state.followed != 0 && state.followed != state.self();
        if (!follows || state.isSilent(state.followed, nowNs)) {
            return;
        }
        if (state.log.epoch() != state.followedEpoch) {
            if (positionEpoch != state.followedEpoch || nowNs - positionNs > RETRY_NS) {
                sendPosition(nowNs, out);
            }
        } else if (!state.log.isOrdered()) {
            boolean isNews = reportedEpoch != state.followedEpoch || reportedAdditions != state.log.additions();
            if (isNews || nowNs - reportedNs > RETRY_NS) {
                report(nowNs, out);
            }
        }
    }

    /// See [LogMaster#progress].
    int progress(int device) {
        return master.progress(device);
    }

    private void sendPosition(long nowNs, Effects out) {
        positionEpoch = state.followedEpoch;
        positionNs = nowNs;
        send(state.followed, new Position(state.followedEpoch, state.log.epoch(), state.log.runs()), out);
    }

    private void report(long nowNs, Effects out) {
        reportedEpoch = state.followedEpoch;
        reportedAdditions = state.log.additions();
        reportedNs = nowNs;
        List<ElementEvent> events = state.log.unordered();
        for (int from = 0; from < events.size(); from += LogMessage.RECORDS_MAX) {
            List<ElementEvent> some = events.subList(from, Math.min(events.size(), from + LogMessage.RECORDS_MAX));
            send(state.followed, new Report(state.followedEpoch, some), out);
        }
    }

    void onMessage(int from, LogMessage message, long nowNs, Effects out) {
        if (!state.others().contains(from)) {
            state.count("log-message-of-stranger");
            return;
        }
        if (state.master) {
            master.doWork(nowNs, out);
        }
        switch (message) {
            case Report m when leads(m.epoch()) -> master.onReport(m, out);
            case Position m when leads(m.epoch()) -> master.onPosition(from, m);
            case Stored m when leads(m.epoch()) -> master.onStored(from, m);
            case Records m when leads(m.epoch()) -> master.onFetched(from, m, nowNs, out);
            case Records m when follows(from, m.epoch()) -> onRecords(from, m, nowNs, out);
            case Fetch m
            when follows(from, m.epoch()) ->
                send(from, state.log.records(m.epoch(), 0, m.base(), LogMessage.RECORDS_MAX), out);
            default -> state.count("log-message-stale");
        }
    }

    private void onRecords(int from, Records message, long nowNs, Effects out) {
        List<ElementEvent> news = state.log.take(message);
        if (news == null) {
            sendPosition(nowNs, out);
            return;
        }
        news.forEach(event -> out.add(new Effect.Notify(event)));
        if (state.log.newest() >= message.start()) {
            state.log.adopt(message.epoch());
        }
        send(from, new Stored(message.epoch(), state.log.newest()), out);
    }

    private boolean leads(long epoch) {
        return state.master && state.masterEpoch == epoch;
    }

    private boolean follows(int device, long epoch) {
        return !state.master && state.followed == device && state.followedEpoch == epoch;
    }

    private static void send(int device, LogMessage message, Effects out) {
        out.add(new Effect.SendMessage(device, new Log(message)));
    }
}
