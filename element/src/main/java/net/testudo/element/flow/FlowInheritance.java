package net.testudo.element.flow;

import net.testudo.element.flow.FlowMessage.StreamKind;
import net.testudo.element.flow.FlowMessage.SyncAck;
import net.testudo.element.flow.FlowMessage.SyncBegin;
import net.testudo.element.flow.FlowMessage.SyncData;
import net.testudo.element.flow.FlowMessage.SyncEnd;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.OctetReader;

/// Takes the run-time data that a former master or backup master hands to this master. It adds what nobody else has
/// told; what owners report holds in any case.
///
/// Once all members have reported, flows are assigned. Who hands over later, such as a backup master that was late
/// itself, has flows that nobody carries: then what was assigned since holds too, and leases of ports are not taken.
final class FlowInheritance implements SyncSink {
    /// How long after the first assignments: hosts give up, and the copy grows old.
    private static final long LATE_NS = 10_000_000_000L;

    private final FlowLink link;
    private final FlowLedger ledger;
    private final FlowReports reports;
    private final FlowDelivery delivery;
    private final SyncReceiver receiver;
    private boolean late;
    private long lateUntilNs;
    private boolean incomplete;
    private DeviceSet toAcknowledge = DeviceSet.NONE;
    private DeviceSet toRefuse = DeviceSet.NONE;
    private final long[] refused = new long[DeviceSet.DEVICE_MAX + 1];

    FlowInheritance(FlowContext context, FlowLedger ledger, FlowReports reports, SyncClasses others) {
        link = context.link();
        delivery = context.delivery();
        this.ledger = ledger;
        this.reports = reports;
        receiver = new SyncReceiver(others.received(InTime::new), this, context.counters());
    }

    /// What is taken only before flows are assigned.
    private final class InTime implements SyncSink {
        private final SyncSink sink;

        InTime(SyncSink sink) {
            this.sink = sink;
        }

        @Override
        public void begin(int from, long stream) {
            if (!late) {
                sink.begin(from, stream);
            }
        }

        @Override
        public Taken apply(int from, OctetReader record, long nowNs) {
            return late ? Taken.TAKEN : sink.apply(from, record, nowNs);
        }

        @Override
        public void complete(int from, long stream, long nowNs) {
            if (!late) {
                sink.complete(from, stream, nowNs);
            }
        }
    }

    void close(int device) {
        receiver.close(device);
    }

    /// Follows the master's part.
    ///
    /// @param isSettled whether flows may be assigned
    void observe(boolean isSettled, long nowNs) {
        if (late == isSettled) {
            return;
        }
        late = isSettled;
        lateUntilNs = nowNs + LATE_NS;
        if (!late) {
            receiver.reset();
        } else if (incomplete) {
            ledger.inherited();
        }
        incomplete = false;
    }

    void onBegin(int from, SyncBegin message, boolean isOfEpochBefore) {
        if (isOfEpochBefore && (!late || ledger.remembersEnded())) {
            incomplete = !late;
            receiver.onBegin(from, message);
        } else {
            refused[from] = message.stream();
            toRefuse = toRefuse.with(from);
        }
    }

    void onData(int from, SyncData message, long nowNs) {
        incomplete = !late;
        receiver.onData(from, message, nowNs);
        toAcknowledge = toAcknowledge.with(from);
    }

    void onEnd(int from, SyncEnd message, long nowNs) {
        receiver.onEnd(from, message, nowNs);
        toAcknowledge = toAcknowledge.with(from);
    }

    void doWork(long epoch, long nowNs) {
        if (late && nowNs - lateUntilNs > 0) {
            ledger.forgetEnded();
        }
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
    public void begin(int from, long stream) {}

    @Override
    public Taken apply(int from, OctetReader record, long nowNs) {
        int kind = record.u8();
        FlowRecord flow = kind == FlowSource.KIND_FLOW ? FlowCodec.readFlow(record) : null;
        if (flow == null) {
            return Taken.MALFORMED;
        }
        if (late && !reports.isWithout(flow) && delivery.isAllowed(flow)) {
            ledger.inheritLate(flow, reports.complete(), nowNs);
        } else if (!late && !reports.isWithout(flow)) {
            ledger.inherit(flow, reports.complete(), nowNs);
        }
        return Taken.TAKEN;
    }

    @Override
    public void complete(int from, long stream, long nowNs) {
        if (!late) {
            incomplete = false;
            ledger.inherited();
        }
    }
}
