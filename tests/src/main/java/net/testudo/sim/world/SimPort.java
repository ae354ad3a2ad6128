package net.testudo.sim.world;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import net.testudo.element.net.MacAddress;
import net.testudo.element.port.FrameSink;
import net.testudo.element.port.PacketPort;
import net.testudo.element.port.PortCounters;

/// A device's port on a [SimNetwork], with a bounded receive ring and transmit queue like a packet socket's.
public final class SimPort implements PacketPort, Attachment {
    /// Frames the receive ring holds; what comes on top is lost.
    public static final int RING_FRAMES = 1024;

    private static final int TRANSMIT_FRAMES = 1024;
    private static final int MTU_OCTETS = 1500;
    private static final int FRAME_OCTETS_MAX = MTU_OCTETS + 18;

    /// Sees each frame at the moment it passes the port.
    interface Watcher {
        void onSend(SimPort port, byte[] frame);

        default void onReceive(SimPort port, byte[] frame) {}
    }

    private final SimNetwork network;
    private final MacAddress mac;
    private final int attachment;
    private final Runnable onArrival;
    private final Watcher watcher;
    private final ArrayDeque<byte[]> ring = new ArrayDeque<>();
    private final List<byte[]> transmitQueue = new ArrayList<>();
    private final MemorySegment buffer = MemorySegment.ofArray(new byte[FRAME_OCTETS_MAX]);
    private boolean open;
    private long receivedFrames;
    private long receivedOctets;
    private long receiveDrops;
    private long sentFrames;
    private long sentOctets;
    private long sendDrops;

    SimPort(SimNetwork network, MacAddress mac, Runnable onArrival, Watcher watcher) {
        this.network = network;
        this.mac = mac;
        this.onArrival = onArrival;
        this.watcher = watcher;
        this.attachment = network.attach(this);
    }

    /// The network it is plugged into.
    public SimNetwork network() {
        return network;
    }

    /// Its number on that network.
    public int attachment() {
        return attachment;
    }

    /// Starts receiving, with an empty ring.
    void open() {
        ring.clear();
        transmitQueue.clear();
        open = true;
    }

    /// Whether received frames wait.
    boolean waiting() {
        return !ring.isEmpty();
    }

    @Override
    public void deliver(byte[] frame) {
        if (!open) {
            return;
        }
        if (ring.size() >= RING_FRAMES) {
            receiveDrops++;
            return;
        }
        ring.add(frame);
        watcher.onReceive(this, frame);
        onArrival.run();
    }

    @Override
    public String name() {
        return network.name();
    }

    @Override
    public MacAddress mac() {
        return mac;
    }

    @Override
    public int mtuOctets() {
        return MTU_OCTETS;
    }

    @Override
    public boolean carrier() {
        return network.links().carrier(attachment);
    }

    @Override
    public int poll(FrameSink sink, int limit) {
        int count = 0;
        while (count < limit && !ring.isEmpty()) {
            byte[] frame = ring.remove();
            // a copy: the engine may work in place, and other receivers share the array
            MemorySegment.copy(frame, 0, buffer, ValueLayout.JAVA_BYTE, 0, frame.length);
            count++;
            receivedFrames++;
            receivedOctets += frame.length;
            sink.onFrame(buffer, 0, frame.length);
        }
        return count;
    }

    @Override
    public boolean send(MemorySegment source, long offset, int length) {
        if (!open || !carrier() || transmitQueue.size() >= TRANSMIT_FRAMES || length > FRAME_OCTETS_MAX) {
            sendDrops++;
            return false;
        }
        byte[] frame = new byte[length];
        MemorySegment.copy(source, ValueLayout.JAVA_BYTE, offset, frame, 0, length);
        watcher.onSend(this, frame);
        transmitQueue.add(frame);
        return true;
    }

    @Override
    public void flush() {
        for (byte[] frame : transmitQueue) {
            sentFrames++;
            sentOctets += frame.length;
            network.transmit(attachment, frame);
        }
        transmitQueue.clear();
    }

    @Override
    public int discard() {
        int dropped = ring.size();
        receivedFrames += dropped;
        ring.clear();
        return dropped;
    }

    @Override
    public PortCounters counters() {
        return new PortCounters(receivedFrames, receivedOctets, receiveDrops, sentFrames, sentOctets, sendDrops);
    }

    @Override
    public void close() {
        open = false;
        ring.clear();
        transmitQueue.clear();
    }
}
