package net.testudo.element.flow;

/// Slots of a table that have something to tell, each at most once, in the order in which they got it.
final class DirtyQueue {
    /// What a slot has to tell; of two the higher wins.
    static final int NOTHING = 0;

    static final int STATE = 1;
    static final int FLOW = 2;
    static final int ENDED = 3;
    static final int RELEASED = 4;

    private final int[] ring;
    private final byte[] kind;
    private int head;
    private int size;
    private long marked;

    DirtyQueue(int capacity) {
        ring = new int[capacity];
        kind = new byte[capacity];
    }

    void mark(int slot, int what) {
        if (kind[slot] == NOTHING) {
            ring[(head + size++) % ring.length] = slot;
            marked++;
        }
        kind[slot] = (byte) Math.max(kind[slot], what);
    }

    int size() {
        return size;
    }

    /// How many places were given to slots so far.
    long marked() {
        return marked;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// The slot that waits longest; ask for its kind before.
    int head() {
        return ring[head];
    }

    int kind(int slot) {
        return kind[slot];
    }

    void pop() {
        kind[ring[head]] = NOTHING;
        head = (head + 1) % ring.length;
        size--;
    }
}
