package net.testudo.element.flow;

import java.util.List;
import net.testudo.element.flow.FlowMessage.StreamKind;
import net.testudo.element.flow.FlowMessage.SyncAck;
import net.testudo.element.flow.FlowMessage.SyncBegin;
import net.testudo.element.flow.FlowMessage.SyncData;
import net.testudo.element.flow.FlowMessage.SyncEnd;
import net.testudo.element.wire.cluster.OctetReader;

/// The backup master's copy of the cluster's flows (SYN-04), ready to be taken over. It outlives the master: only when
/// another device is the backup of a later master is it dropped.
final class FlowBackup implements SyncSink {
    private final ServingView view;
    private final FlowLink link;
    private final FlowLedger ledger;
    private final FlowTable table;
    private final SyncReceiver receiver;
    private long copiedEpoch;
    private long begunEpoch;
    private int dirtyFrom;

    FlowBackup(FlowContext context, FlowLedger ledger, SyncClasses others) {
        view = context.view();
        link = context.link();
        this.ledger = ledger;
        table = ledger.table();
        receiver = new SyncReceiver(others, this, context.counters());
    }

    /// Whether the copy of the present master's flows is complete.
    boolean isComplete() {
        return copiedEpoch == view.epoch() && receiver.complete().contains(view.master());
    }

    void close(int device) {
        receiver.close(device);
    }

    /// Whether the copy, or what of it has arrived, is of the present master.
    boolean isCurrent() {
        return begunEpoch == view.epoch() && view.master() != view.self();
    }

    /// Follows the cluster.
    ///
    /// @param handedOver whether a new master has what was copied of the former one
    void observe(boolean handedOver) {
        if (view.master() == view.self()) {
            copiedEpoch = view.epoch();
            receiver.reset();
        } else if (view.master() != 0
                && view.backup() != 0
                && handedOver
                && view.backup() != view.self()
                && view.epoch() > copiedEpoch) {
            copiedEpoch = view.epoch();
            receiver.reset();
            ledger.clear();
        }
    }

    void onBegin(int from, SyncBegin message) {
        copiedEpoch = message.epoch();
        begunEpoch = message.epoch();
        ledger.clear();
        receiver.onBegin(from, message);
        dirtyFrom = 0;
    }

    void onData(int from, SyncData message, long nowNs) {
        receiver.onData(from, message, nowNs);
        dirtyFrom = from;
    }

    void onEnd(int from, SyncEnd message, long nowNs) {
        receiver.onEnd(from, message, nowNs);
        dirtyFrom = from;
    }

    /// Acknowledges what was copied since the last call.
    void doWork() {
        if (dirtyFrom != 0 && receiver.open().contains(dirtyFrom)) {
            SyncAck ack =
                    new SyncAck(StreamKind.COPY, view.epoch(), receiver.stream(dirtyFrom), receiver.applied(dirtyFrom));
            dirtyFrom = link.control(dirtyFrom, ack) ? 0 : dirtyFrom;
        }
    }

    @Override
    public void begin(int from, long stream) {}

    @Override
    public Taken apply(int from, OctetReader record, long nowNs) {
        int kind = record.u8();
        if (kind == FlowSource.KIND_FLOW) {
            FlowRecord flow = FlowCodec.readFlow(record);
            return flow == null ? Taken.MALFORMED : put(flow, nowNs) ? Taken.TAKEN : Taken.NO_ROOM;
        }
        int slot = table.findId(record.i64());
        record.i64();
        record.i64();
        int state = kind == FlowSource.KIND_STATE ? record.u8() : 0;
        int flags = kind == FlowSource.KIND_STATE ? record.u8() : 0;
        if (!record.sound() || kind > FlowSource.KIND_ENDED || !ConnectionState.isCode(state)) {
            return Taken.MALFORMED;
        }
        if (slot >= 0 && kind == FlowSource.KIND_STATE) {
            table.setState(slot, ConnectionState.of(state));
            table.setFlags(slot, flags);
        } else if (slot >= 0) {
            table.remove(slot);
        }
        return Taken.TAKEN;
    }

    /// The master knows what a key stands for: what is in the way is out of date.
    ///
    /// @return false if there is no room
    private boolean put(FlowRecord flow, long nowNs) {
        FlowStatus status = flow.ownership().owner() == 0 ? FlowStatus.UNOWNED : FlowStatus.UNCERTAIN;
        int slot = table.findId(flow.id());
        if (slot >= 0) {
            table.update(slot, flow, status);
            return true;
        }
        for (DirectionKey key : List.of(flow.forward(), flow.reverse())) {
            int found = table.find(key.addresses(), key.ports());
            if (found >= 0) {
                table.remove(found >> 1);
            }
        }
        return table.insert(flow, status, nowNs) >= 0;
    }

    @Override
    public void complete(int from, long stream, long nowNs) {}
}
