package net.testudo.element.flow;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.flow.FlowMessage.StreamKind;
import net.testudo.element.flow.FlowMessage.SyncAck;
import net.testudo.element.flow.FlowMessage.SyncBegin;
import net.testudo.element.flow.FlowMessage.SyncData;
import net.testudo.element.flow.FlowMessage.SyncEnd;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.OctetReader;

/// Takes the run-time data that a former master or backup master hands to this master. It adds what nobody else has
/// told; what owners report holds in any case.
final class FlowInheritance implements SyncSink {
    private final FlowLink link;
    private final FlowLedger ledger;
    private final FlowReports reports;
    private final SyncReceiver receiver;
    private boolean incomplete;
    private DeviceSet toAcknowledge = DeviceSet.NONE;
    private DeviceSet toRefuse = DeviceSet.NONE;
    private final long[] refused = new long[DeviceSet.DEVICE_MAX + 1];

    FlowInheritance(FlowContext context, FlowLedger ledger, FlowReports reports, List<SyncSink> others) {
        link = context.link();
        this.ledger = ledger;
        this.reports = reports;
        List<SyncSink> sinks = new ArrayList<>(others);
        sinks.add(this);
        receiver = new SyncReceiver(sinks, context.counters());
    }

    void close(int device) {
        receiver.close(device);
    }

    /// Flows may be assigned from now on: nothing more is taken.
    void end() {
        receiver.reset();
        if (incomplete) {
            incomplete = false;
            ledger.inherited();
        }
    }

    void onBegin(int from, SyncBegin message, boolean wanted) {
        if (wanted) {
            incomplete = true;
            receiver.onBegin(from, message);
        } else {
            refused[from] = message.stream();
            toRefuse = toRefuse.with(from);
        }
    }

    void onData(int from, SyncData message, long nowNs) {
        receiver.onData(from, message, nowNs);
        toAcknowledge = toAcknowledge.with(from);
    }

    void onEnd(int from, SyncEnd message, long nowNs) {
        receiver.onEnd(from, message, nowNs);
        toAcknowledge = toAcknowledge.with(from);
    }

    void doWork(long epoch) {
        DeviceSet devices = toAcknowledge.or(toRefuse);
        for (int device = devices.first(); device != 0; device = devices.next(device)) {
            boolean refuse = toRefuse.contains(device);
            boolean open = !refuse && receiver.open().contains(device);
            long stream = refuse ? refused[device] : receiver.stream(device);
            long sequence = open ? receiver.applied(device) : FlowMessage.UNWANTED;
            if (link.control(device, new SyncAck(StreamKind.HANDOVER, epoch, stream, sequence))) {
                toAcknowledge = toAcknowledge.without(device);
                toRefuse = toRefuse.without(device);
            }
        }
    }

    @Override
    public int number() {
        return FlowSource.FLOWS;
    }

    @Override
    public void begin(int from, long stream) {}

    @Override
    public boolean apply(int from, OctetReader record, long nowNs) {
        int kind = record.u8();
        FlowRecord flow = kind == FlowSource.KIND_FLOW ? FlowCodec.readFlow(record) : null;
        if (flow == null) {
            return false;
        }
        if (!reports.isWithout(flow)) {
            ledger.inherit(flow, reports.complete(), nowNs);
        }
        return true;
    }

    @Override
    public void complete(int from, long stream, long nowNs) {
        incomplete = false;
        ledger.inherited();
    }
}
