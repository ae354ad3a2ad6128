package net.testudo.element.flow;

import java.lang.foreign.MemorySegment;

/// A view on a received frame; one object is wrapped around one frame after the other.
public final class DataFrame {
    private MemorySegment buffer = MemorySegment.NULL;
    private int network;
    private long offset;
    private int length;

    /// A view on nothing yet.
    public DataFrame() {}

    /// Looks at this frame from now on.
    public DataFrame wrap(int networkIndex, MemorySegment segment, long start, int lengthOctets) {
        network = networkIndex;
        buffer = segment;
        offset = start;
        length = lengthOctets;
        return this;
    }

    /// Index of the data network it came from.
    public int network() {
        return network;
    }

    /// What holds it; valid as long as the call that handed it over.
    public MemorySegment buffer() {
        return buffer;
    }

    /// Where it starts.
    public long offset() {
        return offset;
    }

    /// Its length in octets.
    public int length() {
        return length;
    }
}
