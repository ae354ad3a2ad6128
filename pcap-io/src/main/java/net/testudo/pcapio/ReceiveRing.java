package net.testudo.pcapio;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import net.testudo.element.port.FrameSink;

/// A ring of slots that the kernel fills with the frames of a packet socket, and from which they are handed over
/// where they stand (`TPACKET_V2` of `linux/if_packet.h`). A slot belongs to the kernel or to us, as its first word
/// says.
final class ReceiveRing {
    /// Room before each frame that the kernel leaves beside its own header: a VLAN tag is put back there.
    static final int RESERVED_OCTETS = 4;
    /// What stands in a slot before the frame at most: header, address, alignment, and the reserve.
    static final int HEADER_OCTETS_MAX = 96;

    private static final int LENGTH = 4;
    private static final int CAPTURED = 8;
    private static final int FRAME = 12;
    private static final int VLAN_TCI = 24;
    private static final int VLAN_TPID = 26;
    private static final int KERNEL = 0;
    private static final int OURS = 1;
    private static final int TAGGED = 1 << 4;
    private static final int TAG_NAMES_TYPE = 1 << 6;
    private static final short VLAN_TYPE = (short) 0x8100;
    private static final int ADDRESSES_OCTETS = 12;
    private static final int TAG_OCTETS = 4;
    private static final VarHandle STATUS = ValueLayout.JAVA_INT.varHandle();
    private static final ValueLayout.OfShort NETWORK_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment memory;
    private final int slotOctets;
    private final long end;
    private long next;
    private long frames;
    private long octets;
    private long cutFrames;

    /// @param memory of the socket, as large as the shape says
    ReceiveRing(MemorySegment memory, RingShape shape) {
        this.memory = memory;
        slotOctets = shape.slotOctets();
        end = shape.octets();
    }

    int slots() {
        return (int) (end / slotOctets);
    }

    /// Hands over at most `limit` frames, oldest first; each is given back to the kernel after the call of the sink.
    /// What does not fit in a slot is cut by the kernel, dropped here, and counted.
    int poll(FrameSink sink, int limit) {
        int handed = 0;
        while (handed < limit) {
            long slot = next;
            int status = (int) STATUS.getAcquire(memory, slot);
            if ((status & OURS) == 0) {
                break;
            }
            // Before the sink is called: it may discard what waits.
            next = slot + slotOctets == end ? 0 : slot + slotOctets;
            handed += handOver(sink, slot, status);
            STATUS.setRelease(memory, slot, KERNEL);
        }
        return handed;
    }

    /// Frames that were handed over.
    long frames() {
        return frames;
    }

    long octets() {
        return octets;
    }

    /// Frames that were longer than a slot.
    long cutFrames() {
        return cutFrames;
    }

    private int handOver(FrameSink sink, long slot, int status) {
        int length = memory.get(ValueLayout.JAVA_INT, slot + CAPTURED);
        if (length < memory.get(ValueLayout.JAVA_INT, slot + LENGTH)) {
            cutFrames++;
            return 0;
        }
        long frame = slot + Short.toUnsignedInt(memory.get(ValueLayout.JAVA_SHORT, slot + FRAME));
        if ((status & TAGGED) != 0) {
            frame = putBackTag(slot, frame, status);
            length += TAG_OCTETS;
        }
        frames++;
        octets += length;
        sink.onFrame(memory, frame, length);
        return 1;
    }

    /// The kernel keeps a VLAN tag beside the frame.
    ///
    /// @return where the frame begins now
    private long putBackTag(long slot, long frame, int status) {
        short type = (status & TAG_NAMES_TYPE) == 0 ? VLAN_TYPE : memory.get(ValueLayout.JAVA_SHORT, slot + VLAN_TPID);
        MemorySegment.copy(memory, frame, memory, frame - TAG_OCTETS, ADDRESSES_OCTETS);
        long tag = frame - TAG_OCTETS + ADDRESSES_OCTETS;
        memory.set(NETWORK_SHORT, tag, type);
        memory.set(NETWORK_SHORT, tag + Short.BYTES, memory.get(ValueLayout.JAVA_SHORT, slot + VLAN_TCI));
        return frame - TAG_OCTETS;
    }
}
