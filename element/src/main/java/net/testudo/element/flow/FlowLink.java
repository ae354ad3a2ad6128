package net.testudo.element.flow;

import java.util.ArrayDeque;
import net.testudo.element.net.DeviceSet;

/// Messages to other devices and to this device itself: the master talks to its own owner side as to any other, only
/// that those messages come back through [#pollOwn] within the same turn.
final class FlowLink {
    private static final int BACKLOG_MAX = 256;

    private final FlowTransport transport;
    private final FlowCounters counters;
    private final ArrayDeque<FlowMessage> own = new ArrayDeque<>();
    private final ArrayDeque<byte[]>[] backlog = backlogs();
    private int self;

    FlowLink(FlowTransport transport, FlowCounters counters) {
        this.transport = transport;
        this.counters = counters;
    }

    void setSelf(int device) {
        self = device;
    }

    /// The version in which this device and `device` talk.
    int version(int device) {
        return transport.version(device);
    }

    /// Sends without waiting behind bulk data, in order.
    ///
    /// @return false if the queue to the device is full
    boolean control(int device, FlowMessage message) {
        if (device == self) {
            own.add(message);
            return true;
        }
        ArrayDeque<byte[]> queue = backlog[device];
        byte[] octets = FlowCodec.encode(message, version(device));
        if (queue.isEmpty() && transport.control(device, octets)) {
            return true;
        }
        if (queue.size() >= BACKLOG_MAX) {
            counters.add(FlowCounter.MESSAGE_DROPS);
            return false;
        }
        queue.add(octets);
        return true;
    }

    /// Sends run-time data; false if the window to the device is full.
    boolean bulk(int device, FlowMessage message) {
        if (device == self) {
            own.add(message);
            return true;
        }
        return transport.bulk(device, FlowCodec.encode(message, version(device)));
    }

    /// The session with `device` ended: what waits for it is void.
    void drop(int device) {
        backlog[device].clear();
    }

    /// What this device sent to itself, or null.
    @org.jspecify.annotations.Nullable
    FlowMessage pollOwn() {
        return own.poll();
    }

    /// Sends what waits.
    void doWork() {
        for (int device = 1; device <= DeviceSet.DEVICE_MAX; device++) {
            ArrayDeque<byte[]> queue = backlog[device];
            while (!queue.isEmpty() && transport.control(device, queue.peek())) {
                queue.poll();
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays; the array never leaves this class
    private static ArrayDeque<byte[]>[] backlogs() {
        ArrayDeque<byte[]>[] queues = new ArrayDeque[DeviceSet.DEVICE_MAX + 1];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new ArrayDeque<>();
        }
        return queues;
    }
}
