package net.testudo.pcapio;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicLong;
import net.testudo.element.port.FrameSink;
import net.testudo.element.port.PortCounters;

/// A bounded queue of frames from one reader thread to one polling thread. The slots are made once; a frame that
/// finds none free is dropped and counted.
///
/// Each frame carries a stamp that grows with the age of the port, so that the polling thread can tell what arrived
/// before a moment it chose.
final class FrameQueue {
    private final MemorySegment slots;
    private final int slotOctets;
    private final int mask;
    private final int[] lengths;
    private final long[] stamps;
    /// Next slot to read; written by the polling thread only.
    private final AtomicLong head = new AtomicLong();
    /// Next slot to fill; written by the reader thread only.
    private final AtomicLong tail = new AtomicLong();

    private final AtomicLong drops = new AtomicLong();
    private long takenFrames;
    private long takenOctets;

    /// @param capacity number of slots, a power of two
    /// @param slotOctets longest frame
    FrameQueue(int capacity, int slotOctets) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity is no power of two: " + capacity);
        }
        this.slotOctets = slotOctets;
        mask = capacity - 1;
        lengths = new int[capacity];
        stamps = new long[capacity];
        slots = Arena.ofAuto().allocate((long) capacity * slotOctets, 64);
    }

    int slotOctets() {
        return slotOctets;
    }

    /// Reader thread: copies a frame into the queue.
    ///
    /// @return false if it was dropped, for it is too long or no slot is free
    boolean offer(byte[] frame, long stamp) {
        if (frame.length > slotOctets || !hasRoom()) {
            countDrop();
            return false;
        }
        MemorySegment.copy(frame, 0, slots, ValueLayout.JAVA_BYTE, slotOffset(tail.getPlain()), frame.length);
        publish(frame.length, stamp);
        return true;
    }

    /// Reader thread: whether a slot is free.
    boolean hasRoom() {
        return tail.getPlain() - head.getAcquire() <= mask;
    }

    /// Reader thread: the free slot that [#publish] hands over next; only while [#hasRoom].
    MemorySegment freeSlot() {
        return slots.asSlice(slotOffset(tail.getPlain()), slotOctets);
    }

    /// Reader thread: hands over the frame that was written to [#freeSlot].
    void publish(int length, long stamp) {
        long slot = tail.getPlain();
        lengths[(int) slot & mask] = length;
        stamps[(int) slot & mask] = stamp;
        tail.setRelease(slot + 1);
    }

    /// Reader thread: counts a frame that was lost.
    void countDrop() {
        drops.setRelease(drops.getPlain() + 1);
    }

    /// Polling thread: hands over at most `limit` frames.
    ///
    /// @param oldest frames with a stamp below it are dropped as [#discard] does
    int poll(FrameSink sink, int limit, long oldest) {
        int handed = 0;
        long slot = head.getPlain();
        long end = tail.getAcquire();
        while (slot < end && handed < limit) {
            int index = (int) slot & mask;
            takenFrames++;
            takenOctets += lengths[index];
            if (stamps[index] >= oldest) {
                sink.onFrame(slots, slotOffset(slot), lengths[index]);
                handed++;
            }
            slot++;
            head.setRelease(slot);
        }
        return handed;
    }

    /// Polling thread: the stamp of the oldest frame, or `Long.MIN_VALUE` if there is none.
    long oldestStamp() {
        long slot = head.getPlain();
        return slot < tail.getAcquire() ? stamps[(int) slot & mask] : Long.MIN_VALUE;
    }

    /// Polling thread: drops all frames.
    int discard() {
        long before = takenFrames;
        poll((_, _, _) -> {}, Integer.MAX_VALUE, Long.MIN_VALUE);
        return (int) (takenFrames - before);
    }

    /// Polling thread: the receive half of a port's counters.
    ///
    /// @param discarded frames that were discarded elsewhere
    /// @param lostBefore frames that were lost before they reached the queue
    PortCounters counters(long discarded, long lostBefore, TransmitCounters sent) {
        return new PortCounters(
                takenFrames + discarded,
                takenOctets,
                drops.getAcquire() + lostBefore,
                sent.frames(),
                sent.octets(),
                sent.drops());
    }

    private long slotOffset(long slot) {
        return (slot & mask) * slotOctets;
    }
}
