package net.testudo.element.flow;

/// New flows that the master is to carry itself and that its backup master does not know of yet, in the order in which
/// they came (BKP-06). A flow that another device carries is known there; of these nobody else knows, and were their
/// packets to pass, they would get another translation when the master fails.
///
/// A flow waits no longer than until the lease has run out that the master had when it came. A master that was cut
/// off does not lead any more then; one that was not does not let hosts wait for a backup master that hangs.
final class UncopiedFlows {
    /// None of the flows may be carried now.
    static final int NONE = -1;

    private final ServingView view;
    private final SyncSender copy;
    private final FlowSource source;
    private final int[] slots;
    private final long[] generations;
    /// The flow's place in what the source hands out; then the number of the message that has it.
    private final long[] marks;
    private final long[] untilNs;
    private long stream;
    private int head;
    private int size;
    private int handedOut;
    private long polled;

    /// @param copy to the backup master
    /// @param source of the flows in that copy
    /// @param capacity how many flows may wait
    UncopiedFlows(ServingView view, SyncSender copy, FlowSource source, int capacity) {
        this.view = view;
        this.copy = copy;
        this.source = source;
        slots = new int[capacity];
        generations = new long[capacity];
        marks = new long[capacity];
        untilNs = new long[capacity];
    }

    /// Whether a new flow has to wait: there is a backup master, and it has the copy of all other run-time data.
    boolean isAwaited() {
        return copy.isConfirmed() && copy.target() == view.backup();
    }

    boolean isFull() {
        return size == slots.length;
    }

    void clear() {
        head = 0;
        size = 0;
        handedOut = 0;
    }

    /// The flow has to wait. It has been told to the source.
    ///
    /// @param generation of its assignment
    void add(int slot, long generation) {
        if (size == 0) {
            stream = copy.stream();
        }
        int place = (head + size++) % slots.length;
        slots[place] = slot;
        generations[place] = generation;
        marks[place] = source.marked();
        untilNs[place] = view.masterLeaseEndNs();
    }

    /// The first flow that need not wait any longer, which is taken out.
    ///
    /// @return its slot, or [#NONE]
    int poll(long nowNs) {
        while (handedOut < size && mark(handedOut) <= source.handedOut()) {
            marks[(head + handedOut++) % slots.length] = copy.sequence();
        }
        boolean known = handedOut > 0 && mark(0) <= copy.acknowledged();
        boolean waits = isAwaited() && copy.stream() == stream && !known && nowNs - untilNs[head] < 0;
        if (size == 0 || waits) {
            return NONE;
        }
        int slot = slots[head];
        polled = generations[head];
        head = (head + 1) % slots.length;
        size--;
        handedOut = Math.max(0, handedOut - 1);
        return slot;
    }

    /// The assignment of the flow that [#poll] answered last.
    long generation() {
        return polled;
    }

    private long mark(int index) {
        return marks[(head + index) % slots.length];
    }
}
