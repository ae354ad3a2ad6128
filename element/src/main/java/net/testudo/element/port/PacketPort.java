package net.testudo.element.port;

import java.lang.foreign.MemorySegment;
import net.testudo.element.net.MacAddress;

/// A port that carries Ethernet frames. Used by one thread, the duty cycle's; nothing here blocks.
public interface PacketPort extends AutoCloseable {
    /// The system's name of the port, such as `eth2`.
    String name();

    /// The port's own MAC address.
    MacAddress mac();

    /// The largest layer-3 payload of a frame, in octets.
    int mtuOctets();

    /// Whether the port has carrier.
    boolean carrier();

    /// Hands at most `limit` received frames to `sink`, in the order of arrival; own frames are not among them.
    ///
    /// @return the number of frames handed over
    int poll(FrameSink sink, int limit);

    /// Queues one frame for transmission; the octets are copied or sent before the call returns.
    ///
    /// @return false if the transmit queue is full or the port is down; the port counts the frame as dropped
    boolean send(MemorySegment buffer, long offset, int length);

    /// Hands what `send` queued to the network.
    void flush();

    /// Drops all frames that wait to be received, and returns their number (a device that was stalled
    /// must not act on what piled up meanwhile).
    int discard();

    /// Counters since the port was opened.
    PortCounters counters();

    @Override
    void close();
}
