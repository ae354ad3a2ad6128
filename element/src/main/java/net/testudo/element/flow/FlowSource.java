package net.testudo.element.flow;

import net.testudo.element.wire.cluster.OctetWriter;

/// The run-time data of flows, at the sender: from the owner's table to the master, from the master's table to the
/// backup. Ended flows keep their slot until that was told.
final class FlowSource implements SyncSource {
    /// A whole flow follows.
    static final int KIND_FLOW = 1;
    /// The state of a flow follows.
    static final int KIND_STATE = 2;
    /// The flow is over (SYN-09).
    static final int KIND_ENDED = 3;

    private final FlowTable table;
    private final DirtyQueue dirty;
    private final boolean keepsEnded;
    private final int[] endedSlots;
    private final long[] endedSequences;
    private int endedHead;
    private int endedCount;
    private int endedUnsent;
    private int cursor;
    private boolean running;

    /// @param keepsEnded whether an ended flow is kept until its end is acknowledged; else only until it is sent
    FlowSource(FlowTable table, boolean keepsEnded) {
        this.table = table;
        this.keepsEnded = keepsEnded;
        dirty = new DirtyQueue(table.capacity());
        endedSlots = new int[table.capacity()];
        endedSequences = new long[table.capacity()];
    }

    /// The flow is new, or more than its state changed.
    void opened(int slot) {
        if (running) {
            dirty.mark(slot, DirtyQueue.FLOW);
        }
    }

    /// The flow's state changed.
    void changed(int slot) {
        if (running) {
            dirty.mark(slot, DirtyQueue.STATE);
        }
    }

    /// The flow is over; its slot is freed as soon as it may be.
    void ended(int slot) {
        table.unlink(slot);
        table.setStatus(slot, FlowStatus.ENDED);
        if (running) {
            dirty.mark(slot, DirtyQueue.ENDED);
        } else if (!keepsEnded) {
            table.remove(slot);
        }
    }

    /// The flow was given back; nothing is told, the slot is freed as soon as it may be.
    void released(int slot) {
        table.unlink(slot);
        table.setStatus(slot, FlowStatus.ENDED);
        if (running) {
            dirty.mark(slot, DirtyQueue.RELEASED);
        } else {
            table.remove(slot);
        }
    }

    @Override
    public void restart() {
        stop();
        cursor = 0;
        running = true;
    }

    @Override
    public void stop() {
        while (!dirty.isEmpty()) {
            int slot = dirty.head();
            if (dirty.kind(slot) == DirtyQueue.RELEASED || (dirty.kind(slot) == DirtyQueue.ENDED && !keepsEnded)) {
                table.remove(slot);
            }
            dirty.pop();
        }
        endedCount = 0;
        endedUnsent = 0;
        running = false;
    }

    @Override
    public boolean isTransferred() {
        return cursor >= table.highWater();
    }

    @Override
    public long held() {
        return table.size();
    }

    @Override
    public long waiting() {
        return (long) dirty.size() + (running ? Math.max(0, table.highWater() - cursor) : 0);
    }

    /// How many changes were noted so far.
    long marked() {
        return dirty.marked();
    }

    /// How many of these were handed out, in the same order.
    long handedOut() {
        return dirty.marked() - dirty.size();
    }

    @Override
    public boolean next(OctetWriter record) {
        while (cursor < table.highWater()) {
            int slot = cursor++;
            if (table.isUsed(slot) && dirty.kind(slot) < DirtyQueue.ENDED) {
                write(record, slot, table.status(slot) == FlowStatus.ENDED ? DirtyQueue.ENDED : DirtyQueue.FLOW);
                return true;
            }
        }
        while (!dirty.isEmpty()) {
            int slot = dirty.head();
            int kind = dirty.kind(slot);
            dirty.pop();
            if (kind != DirtyQueue.RELEASED) {
                write(record, slot, kind);
                return true;
            }
            table.remove(slot);
        }
        return false;
    }

    private void write(OctetWriter record, int slot, int kind) {
        if (kind == DirtyQueue.FLOW) {
            FlowCodec.writeFlow(record.u8(KIND_FLOW), table.get(slot));
            return;
        }
        Ownership ownership = table.ownership(slot);
        record.u8(kind == DirtyQueue.STATE ? KIND_STATE : KIND_ENDED)
                .i64(table.id(slot))
                .i64(ownership.epoch())
                .i64(ownership.generation());
        if (kind == DirtyQueue.STATE) {
            record.u8(table.state(slot).code()).u8(table.flags(slot));
        } else if (keepsEnded) {
            endedSlots[(endedHead + endedCount++) % endedSlots.length] = slot;
            endedUnsent++;
        } else {
            table.remove(slot);
        }
    }

    @Override
    public void sent(long sequence) {
        for (; endedUnsent > 0; endedUnsent--) {
            endedSequences[(endedHead + endedCount - endedUnsent) % endedSlots.length] = sequence;
        }
    }

    @Override
    public void acknowledged(long sequence) {
        while (endedCount > endedUnsent && endedSequences[endedHead] <= sequence) {
            table.remove(endedSlots[endedHead]);
            endedHead = (endedHead + 1) % endedSlots.length;
            endedCount--;
        }
    }
}
