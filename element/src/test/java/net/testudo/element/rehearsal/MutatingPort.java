package net.testudo.element.rehearsal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import net.testudo.element.net.MacAddress;
import net.testudo.element.port.FrameSink;
import net.testudo.element.port.PacketPort;
import net.testudo.element.port.PortCounters;
import org.jspecify.annotations.Nullable;

/// A port at which somebody changes what arrives.
final class MutatingPort implements PacketPort {
    final int device;
    final int path;
    private final MemoryNetwork.Port port;
    private @Nullable Meddler meddler;

    /// @param device whose port it is
    /// @param path 0 the cluster port, then the data ports
    MutatingPort(MemoryNetwork.Port port, int device, int path) {
        this.port = port;
        this.device = device;
        this.path = path;
    }

    /// From now on.
    void meddleBy(@Nullable Meddler newMeddler) {
        meddler = newMeddler;
    }

    @Override
    public int poll(FrameSink sink, int limit) {
        Meddler meddling = meddler;
        if (meddling == null) {
            return port.poll(sink, limit);
        }
        return port.poll(
                (buffer, offset, length) -> meddling.meddle(
                        this,
                        buffer.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE),
                        frame -> sink.onFrame(MemorySegment.ofArray(frame), 0, frame.length)),
                limit);
    }

    @Override
    public String name() {
        return port.name();
    }

    @Override
    public MacAddress mac() {
        return port.mac();
    }

    @Override
    public int mtuOctets() {
        return port.mtuOctets();
    }

    @Override
    public boolean carrier() {
        return port.carrier();
    }

    @Override
    public boolean send(MemorySegment buffer, long offset, int length) {
        return port.send(buffer, offset, length);
    }

    @Override
    public void flush() {
        port.flush();
    }

    @Override
    public int discard() {
        return port.discard();
    }

    @Override
    public PortCounters counters() {
        return port.counters();
    }

    @Override
    public void close() {
        port.close();
    }
}
