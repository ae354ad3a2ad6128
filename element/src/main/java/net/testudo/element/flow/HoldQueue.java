package net.testudo.element.flow;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Frames that wait: for the acknowledgement of their flow's assignment, or until flows may be assigned at all. A fixed
/// number of places; frames of one chain leave in the order in which they came.
final class HoldQueue {
    /// No chain.
    static final int NONE = -1;
    /// How often in the longest wait.
    private static final int EXPIRY_SHARE = 64;

    private final FlowLimits limits;
    private final FlowCounters counters;
    private final MemorySegment store;
    private final int[] next;
    private final int[] length;
    private final int[] chain;
    private final byte[] network;
    private final long[] sinceNs;
    private final int[] head;
    private final int[] tail;
    private final int[] count;
    private int free;
    private int held;
    /// The clock may begin anywhere, below zero too.
    private long expiredNs = Long.MIN_VALUE / 4;

    /// @param chains numbers of chains are below this
    HoldQueue(int chains, FlowLimits limits, FlowCounters counters) {
        this.limits = limits;
        this.counters = counters;
        int frames = limits.heldFrames();
        store = MemorySegment.ofArray(new byte[frames * limits.frameOctetsMax()]);
        next = new int[frames];
        length = new int[frames];
        chain = new int[frames];
        network = new byte[frames];
        sinceNs = new long[frames];
        head = new int[chains];
        tail = new int[chains];
        count = new int[chains];
        clear();
    }

    void clear() {
        Arrays.fill(head, NONE);
        Arrays.fill(tail, NONE);
        Arrays.fill(count, 0);
        Arrays.fill(chain, NONE);
        for (int i = 0; i < next.length; i++) {
            next[i] = i + 1 < next.length ? i + 1 : NONE;
        }
        free = next.length == 0 ? NONE : 0;
        held = 0;
    }

    int size() {
        return held;
    }

    /// How many frames may wait.
    int places() {
        return chain.length;
    }

    /// The chain to which the frame at this place belongs, or [#NONE].
    int chainAt(int place) {
        return chain[place];
    }

    boolean isEmpty(int ofChain) {
        return head[ofChain] == NONE;
    }

    /// Copies a frame to the end of a chain; counted and dropped if there is no room.
    void add(int toChain, int chainMax, DataFrame frame, long nowNs) {
        if (free == NONE || count[toChain] >= chainMax || frame.length() > limits.frameOctetsMax()) {
            counters.add(FlowCounter.HOLD_DROPS);
            return;
        }
        int place = free;
        free = next[place];
        MemorySegment.copy(frame.buffer(), frame.offset(), store, start(place), frame.length());
        length[place] = frame.length();
        network[place] = (byte) frame.network();
        sinceNs[place] = nowNs;
        chain[place] = toChain;
        next[place] = NONE;
        if (tail[toChain] == NONE) {
            head[toChain] = place;
        } else {
            next[tail[toChain]] = place;
        }
        tail[toChain] = place;
        count[toChain]++;
        held++;
        counters.add(FlowCounter.HELD);
    }

    /// Takes the first frame of a chain that has not waited too long; its octets stay until the next [#add].
    boolean poll(int fromChain, DataFrame frame, long nowNs) {
        while (head[fromChain] != NONE) {
            int place = head[fromChain];
            unlink(place);
            if (nowNs - sinceNs[place] <= limits.holdNs()) {
                frame.wrap(network[place], store, start(place), length[place]);
                return true;
            }
            counters.add(FlowCounter.HOLD_DROPS);
        }
        return false;
    }

    /// Drops all frames of a chain.
    void drop(int ofChain) {
        while (head[ofChain] != NONE) {
            unlink(head[ofChain]);
            counters.add(FlowCounter.HOLD_DROPS);
        }
    }

    /// Drops what waited too long; looks seldom enough to cost nothing, as [#poll] looks itself.
    void expire(long nowNs) {
        if (nowNs - expiredNs < limits.holdNs() / EXPIRY_SHARE) {
            return;
        }
        expiredNs = nowNs;
        for (int place = 0; held > 0 && place < chain.length; place++) {
            int c = chain[place];
            while (c != NONE && head[c] != NONE && nowNs - sinceNs[head[c]] > limits.holdNs()) {
                unlink(head[c]);
                counters.add(FlowCounter.HOLD_DROPS);
            }
        }
    }

    private void unlink(int place) {
        int c = chain[place];
        head[c] = next[place];
        if (head[c] == NONE) {
            tail[c] = NONE;
        }
        count[c]--;
        chain[place] = NONE;
        next[place] = free;
        free = place;
        held--;
    }

    private long start(int place) {
        return (long) place * limits.frameOctetsMax();
    }
}
