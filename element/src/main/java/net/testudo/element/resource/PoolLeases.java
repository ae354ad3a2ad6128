package net.testudo.element.resource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.testudo.element.net.DeviceSet;
import org.jspecify.annotations.Nullable;

/// The blocks of one pool, and which device has which.
final class PoolLeases {
    final LeasePool pool;
    final PortLine line;
    final List<LeaseBlock> blocks = new ArrayList<>();
    private final ArrayDeque<LeaseBlock> free = new ArrayDeque<>();
    private final @Nullable PortQueue[] queues = new PortQueue[DeviceSet.DEVICE_MAX + 1];
    private final int[] leased = new int[DeviceSet.DEVICE_MAX + 1];
    private DeviceSet awaiting = DeviceSet.NONE;

    PoolLeases(LeasePool pool, PortLine line) {
        this.pool = pool;
        this.line = line;
        for (LeasePool.Range range : pool.ranges()) {
            for (int first = range.first(); first <= range.last(); first += pool.blockSize()) {
                int last = Math.min(first + pool.blockSize() - 1, range.last());
                LeaseBlock block = new LeaseBlock(line, this, first, last);
                blocks.add(block);
                Arrays.fill(line.blocks, first, last + 1, block);
            }
        }
        start(0);
    }

    /// Free blocks are leased in this order from now on, beginning with the one at `index`.
    private void start(int index) {
        free.clear();
        for (int i = 0; i < blocks.size(); i++) {
            LeaseBlock block = blocks.get((index + i) % blocks.size());
            block.queued = block.state == LeaseState.FREE;
            if (block.queued) {
                free.add(block);
            }
        }
    }

    /// A new master has learnt which blocks are leased: it goes on behind them. The last grants of the former one may
    /// be missing; they were the next in turn, and are now last.
    void takeOver(int skip) {
        Arrays.fill(queues, null);
        Arrays.fill(leased, 0);
        awaiting = DeviceSet.NONE;
        int next = 0;
        for (int i = 0; i < blocks.size(); i++) {
            LeaseBlock block = blocks.get(i);
            next = block.state == LeaseState.FREE ? next : i + 1 + skip;
            if (block.state == LeaseState.ACTIVE || block.state == LeaseState.PENDING) {
                block.state = LeaseState.ACTIVE;
                leased[block.holder]++;
                for (int port = block.first; port <= block.last; port++) {
                    queue(block.holder).addLast(port);
                }
            }
        }
        start(next);
    }

    PortQueue queue(int device) {
        PortQueue queue = queues[device];
        if (queue == null) {
            queue = new PortQueue(line, device);
            queues[device] = queue;
        }
        return queue;
    }

    boolean isAwaiting(int device) {
        return awaiting.contains(device);
    }

    int leased(int device) {
        return leased[device];
    }

    /// Chooses a free block for a device, or answers null.
    @Nullable
    LeaseBlock choose(int device) {
        LeaseBlock block = free.poll();
        while (block != null && block.state != LeaseState.FREE) {
            block.queued = false;
            block = free.poll();
        }
        if (block != null) {
            block.queued = false;
            block.holder = device;
            block.state = LeaseState.PENDING;
            leased[device]++;
            awaiting = awaiting.with(device);
        }
        return block;
    }

    /// The ports of a block may be taken from now on.
    void open(LeaseBlock block) {
        block.state = LeaseState.ACTIVE;
        awaiting = awaiting.without(block.holder);
        PortQueue queue = queue(block.holder);
        for (int port = block.last; port >= block.first; port--) {
            if (!line.used.get(port)) {
                queue.addFirst(port);
            }
        }
    }

    /// Nothing more is taken from a block.
    void close(LeaseBlock block) {
        if (block.state == LeaseState.PENDING) {
            awaiting = awaiting.without(block.holder);
        }
        if (block.state != LeaseState.DRAINING) {
            leased[block.holder]--;
        }
        block.state = LeaseState.DRAINING;
    }

    /// The block is nobody's.
    void release(LeaseBlock block) {
        close(block);
        block.state = LeaseState.FREE;
        block.holder = 0;
        if (!block.queued) {
            block.queued = true;
            free.add(block);
        }
    }
}
