package net.testudo.element.resource;

/// A block that this device holds, with its free ports in the order in which they are given out.
final class HeldBlock {
    final LeaseBlock block;
    /// Place of its pool, -1 if it is in none.
    int pool;

    /// Ring of free ports, as distance from the first.
    private final char[] ring;
    private final boolean[] used;
    private int head;
    private int count;

    HeldBlock(LeaseBlock block, int pool) {
        this.block = block;
        this.pool = pool;
        ring = new char[block.size()];
        used = new boolean[block.size()];
        count = ring.length;
        for (int i = 0; i < ring.length; i++) {
            ring[i] = (char) i;
        }
    }

    int free() {
        return count;
    }

    boolean isIdle() {
        return count == ring.length;
    }

    /// The port that has been free for longest; there has to be one.
    int take() {
        int index = ring[head];
        head = head + 1 == ring.length ? 0 : head + 1;
        count--;
        used[index] = true;
        return block.first() + index;
    }

    /// Whether the port was in use; it is free now.
    boolean giveBack(int port) {
        int index = port - block.first();
        if (!used[index]) {
            return false;
        }
        used[index] = false;
        int tail = head + count;
        ring[tail >= ring.length ? tail - ring.length : tail] = (char) index;
        count++;
        return true;
    }
}
