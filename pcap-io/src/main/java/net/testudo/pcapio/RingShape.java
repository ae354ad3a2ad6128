package net.testudo.pcapio;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// How the memory of a [ReceiveRing] is divided: slots of equal size, which fill their blocks without a rest.
///
/// @param slotOctets a power of two
/// @param slots a power of two
record RingShape(int slotOctets, int slots) {
    private static final int SLOTS_MAX = 2048;
    private static final int OCTETS_MAX = 32 << 20;
    private static final int BLOCK_OCTETS = 1 << 16;
    /// `struct tpacket_req`: size and number of the blocks, size and number of the slots.
    private static final int REQUEST_OCTETS = 16;

    /// @param frameOctets longest frame that is to be received whole
    static RingShape forFrames(int frameOctets) {
        int needed = ReceiveRing.HEADER_OCTETS_MAX + frameOctets;
        int slotOctets = Integer.highestOneBit(needed - 1) << 1;
        return new RingShape(slotOctets, Math.min(SLOTS_MAX, OCTETS_MAX / slotOctets));
    }

    long octets() {
        return (long) slots * slotOctets;
    }

    /// The value of the option `PACKET_RX_RING`.
    MemorySegment request(Arena arena) {
        int blockOctets = Math.max(BLOCK_OCTETS, slotOctets);
        MemorySegment request = arena.allocate(REQUEST_OCTETS, 4);
        request.setAtIndex(JAVA_INT, 0, blockOctets);
        request.setAtIndex(JAVA_INT, 1, (int) (octets() / blockOctets));
        request.setAtIndex(JAVA_INT, 2, slotOctets);
        request.setAtIndex(JAVA_INT, 3, slots);
        return request;
    }
}
