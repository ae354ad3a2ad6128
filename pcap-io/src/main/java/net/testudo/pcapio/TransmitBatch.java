package net.testudo.pcapio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Collects frames and hands them to the kernel together (`sendmmsg`).
final class TransmitBatch {
    private static final int FRAMES = 32;
    /// `struct mmsghdr` on 64-bit Linux.
    private static final int MESSAGE_OCTETS = 64;

    private static final int VECTOR = 16;
    private static final int VECTOR_COUNT = 24;
    /// `struct iovec`.
    private static final int VECTOR_OCTETS = 16;

    private final int descriptor;
    private final int frameOctets;
    private final TransmitCounters sent;
    private final MemorySegment frames;
    private final MemorySegment messages;
    private final MemorySegment vectors;
    private int waiting;

    /// @param frameOctets longest frame
    /// @param sent counts what the kernel took and what it did not
    TransmitBatch(int descriptor, int frameOctets, TransmitCounters sent, Arena arena) {
        this.descriptor = descriptor;
        this.frameOctets = frameOctets;
        this.sent = sent;
        frames = arena.allocate((long) FRAMES * frameOctets, 64);
        messages = arena.allocate((long) FRAMES * MESSAGE_OCTETS, 8);
        vectors = arena.allocate((long) FRAMES * VECTOR_OCTETS, 8);
        for (int i = 0; i < FRAMES; i++) {
            MemorySegment vector = vectors.asSlice((long) i * VECTOR_OCTETS, VECTOR_OCTETS);
            vector.set(ADDRESS, 0, frames.asSlice((long) i * frameOctets, frameOctets));
            messages.set(ADDRESS, (long) i * MESSAGE_OCTETS + VECTOR, vector);
            messages.set(JAVA_LONG, (long) i * MESSAGE_OCTETS + VECTOR_COUNT, 1);
        }
    }

    /// Copies a frame; hands the batch over when it is full.
    ///
    /// @return false if the frame is too long; it is counted
    boolean add(MemorySegment buffer, long offset, int length) {
        if (length > frameOctets) {
            return sent.dropped();
        }
        MemorySegment.copy(buffer, offset, frames, (long) waiting * frameOctets, length);
        vectors.set(JAVA_LONG, lengthOf(waiting), length);
        waiting++;
        if (waiting == FRAMES) {
            flush();
        }
        return true;
    }

    /// Hands all to the kernel. A frame that it does not take now, since the queue of the interface is full or it went
    /// down this moment, is dropped and counted: what comes later is worth more than what is late.
    void flush() {
        int done = 0;
        while (done < waiting) {
            int taken = send(done);
            if (taken == -LinuxCalls.ENETDOWN) {
                taken = send(done); // the kernel tells once of an earlier moment in which the interface was down
            }
            for (int i = 0; i < taken; i++) {
                sent.sent((int) vectors.get(JAVA_LONG, lengthOf(done + i)));
            }
            if (taken <= 0) {
                sent.dropped();
            }
            done += Math.max(taken, 1);
        }
        waiting = 0;
    }

    /// @return how many were taken, or an error of the first
    private int send(int from) {
        return LinuxCalls.send(descriptor, messages, (long) from * MESSAGE_OCTETS, waiting - from);
    }

    private static long lengthOf(int frame) {
        return (long) frame * VECTOR_OCTETS + Long.BYTES;
    }
}
