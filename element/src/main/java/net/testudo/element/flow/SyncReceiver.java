package net.testudo.element.flow;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.flow.FlowMessage.SyncBegin;
import net.testudo.element.flow.FlowMessage.SyncData;
import net.testudo.element.flow.FlowMessage.SyncEnd;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.OctetReader;
import org.jspecify.annotations.Nullable;

/// The receiving end of streams of run-time data, one per device.
final class SyncReceiver {
    private final List<SyncSink> sinks = new ArrayList<>();
    private final @Nullable SyncSink[] byNumber = new SyncSink[SyncClass.NUMBER_MAX + 1];
    private final FlowCounters counters;
    private final long[] stream = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] applied = new long[DeviceSet.DEVICE_MAX + 1];
    private DeviceSet open = DeviceSet.NONE;
    private DeviceSet complete = DeviceSet.NONE;

    /// @param others classes besides flows
    /// @param flows takes the flows
    SyncReceiver(SyncClasses others, SyncSink flows, FlowCounters counters) {
        this.counters = counters;
        others.others().forEach(each -> add(each.number(), each.sink()));
        add(SyncClasses.FLOWS, flows);
    }

    private void add(int number, SyncSink sink) {
        sinks.add(sink);
        byNumber[number] = sink;
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
        boolean current = isCurrent(from, message.stream());
        if (current && message.sequence() <= applied[from]) {
            counters.add(FlowCounter.REPEATED_MESSAGES);
            return;
        }
        if (!current || message.sequence() != applied[from] + 1) {
            counters.add(FlowCounter.STALE_MESSAGES);
            return;
        }
        boolean taken = true;
        OctetReader in = new OctetReader(message.records());
        while (in.remaining() > 0) {
            int number = in.u8();
            OctetReader record = new OctetReader(in.slice(in.u16()));
            if (in.sound()) {
                taken &= apply(from, number, record, nowNs);
            } else {
                counters.add(FlowCounter.MALFORMED_MESSAGES);
            }
        }
        if (taken) {
            applied[from] = message.sequence();
        } else {
            counters.add(FlowCounter.SYNC_NO_ROOM);
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

    /// @return false if there was no room
    private boolean apply(int from, int number, OctetReader record, long nowNs) {
        SyncSink sink = byNumber[number];
        if (sink == null) {
            // A newer sender has a class that this device does not know: what is known is taken all the same.
            counters.add(FlowCounter.UNKNOWN_CLASS_RECORDS);
            return true;
        }
        return switch (sink.apply(from, record, nowNs)) {
            case TAKEN -> true;
            case MALFORMED -> {
                counters.add(FlowCounter.MALFORMED_MESSAGES);
                yield true;
            }
            case NO_ROOM -> false;
        };
    }

    private boolean isCurrent(int from, long ofStream) {
        return open.contains(from) && stream[from] == ofStream;
    }
}
