package net.testudo.element.forwarding;

import java.lang.foreign.MemorySegment;

/// Where frames leave: the data ports by the index of their network, and the local port.
public interface FrameOut {
    /// The own MAC address of this device's port on a network, 0 if it has none.
    long mac(int network);

    /// The MAC address of the local port, 0 if there is none.
    long localMac();

    /// Sends a frame on a data network.
    ///
    /// @return false if it was dropped
    boolean send(int network, MemorySegment buffer, long offset, int length);

    /// Hands a frame to the device's own network stack.
    ///
    /// @return false if it was dropped
    boolean sendLocal(MemorySegment buffer, long offset, int length);
}
