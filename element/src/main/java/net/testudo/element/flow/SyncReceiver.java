package net.testudo.element.flow;

import java.util.List;
import net.testudo.element.flow.FlowMessage.SyncBegin;
import net.testudo.element.flow.FlowMessage.SyncData;
import net.testudo.element.flow.FlowMessage.SyncEnd;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.OctetReader;

/// The receiving end of streams of run-time data, one per device.
final class SyncReceiver {
    private final List<SyncSink> sinks;
    private final FlowCounters counters;
    private final long[] stream = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] applied = new long[DeviceSet.DEVICE_MAX + 1];
    private DeviceSet open = DeviceSet.NONE;
    private DeviceSet complete = DeviceSet.NONE;

    SyncReceiver(List<SyncSink> sinks, FlowCounters counters) {
        this.sinks = List.copyOf(sinks);
        this.counters = counters;
    }

    /// Forgets all streams.
    void reset() {
        open = DeviceSet.NONE;
        complete = DeviceSet.NONE;
    }

    /// The session with `device` ended: its stream is broken.
    void close(int device) {
        open = open.without(device);
        complete = complete.without(device);
    }

    /// Devices whose full transfer is complete.
    DeviceSet complete() {
        return complete;
    }

    /// Devices with a stream.
    DeviceSet open() {
        return open;
    }

    /// Number of the present stream of `device`.
    long stream(int device) {
        return stream[device];
    }

    /// The last message of the present stream that was applied.
    long applied(int device) {
        return applied[device];
    }

    void onBegin(int from, SyncBegin message) {
        stream[from] = message.stream();
        applied[from] = 0;
        open = open.with(from);
        complete = complete.without(from);
        sinks.forEach(sink -> sink.begin(from, message.stream()));
    }

    void onData(int from, SyncData message, long nowNs) {
        if (!isCurrent(from, message.stream()) || message.sequence() != applied[from] + 1) {
            counters.add(FlowCounter.STALE_MESSAGES);
            return;
        }
        applied[from] = message.sequence();
        OctetReader in = new OctetReader(message.records());
        while (in.remaining() > 0) {
            int number = in.u8();
            OctetReader record = new OctetReader(in.slice(in.u16()));
            if (!in.sound() || !apply(from, number, record, nowNs)) {
                counters.add(FlowCounter.MALFORMED_MESSAGES);
            }
        }
    }

    void onEnd(int from, SyncEnd message, long nowNs) {
        if (!isCurrent(from, message.stream())) {
            counters.add(FlowCounter.STALE_MESSAGES);
            return;
        }
        complete = complete.with(from);
        sinks.forEach(sink -> sink.complete(from, message.stream(), nowNs));
    }

    private boolean apply(int from, int number, OctetReader record, long nowNs) {
        for (SyncSink sink : sinks) {
            if (sink.number() == number) {
                return sink.apply(from, record, nowNs);
            }
        }
        return false;
    }

    private boolean isCurrent(int from, long ofStream) {
        return open.contains(from) && stream[from] == ofStream;
    }
}
