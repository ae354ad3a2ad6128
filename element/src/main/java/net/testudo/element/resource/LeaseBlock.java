package net.testudo.element.resource;

/// Adjacent ports of a pool that are leased together.
final class LeaseBlock {
    final PortLine line;
    /// Its pool.
    final PoolLeases pool;
    final int first;
    final int last;
    LeaseState state = LeaseState.FREE;
    /// The device that has it, 0 if it is free.
    int holder;
    /// How many of its ports flows have.
    int used;
    /// When the last of them was given back.
    long usedUntilNs = PortLine.NEVER;
    /// Whether the backup has to be told of a change.
    boolean changed;
    /// The message of the copy that told the last change.
    long sequence;
    /// Whether it stands in its pool's queue of free blocks.
    boolean queued;

    LeaseBlock(PortLine line, PoolLeases pool, int first, int last) {
        this.line = line;
        this.pool = pool;
        this.first = first;
        this.last = last;
    }

    boolean isIdle(long restedSinceNs) {
        return used == 0 && usedUntilNs - restedSinceNs <= 0;
    }
}
