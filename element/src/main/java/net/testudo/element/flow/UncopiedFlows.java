package net.testudo.element.flow;

/// New flows that the master is to carry itself and that its backup master does not know of yet, in the order in which
/// they came (BKP-06). A flow that another device carries is known there; of these nobody else knows, and were their
/// packets to pass, they would get another translation when the master fails.
///
/// A flow waits no longer than a lease lasts. A master that was cut off when it came does not lead any more then; one
/// that was not does not let hosts wait for a backup master that hangs.
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
    /// Whether there was no copy when the flow came that could have told of it.
    private final boolean[] untold;
    private long stream;
    /// When the backup master last had the copy of all other run-time data.
    private long copiedNs;
    private boolean everCopied;
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
        untold = new boolean[capacity];
    }

    /// Whether a new flow has to wait: there is a backup master that has the copy of all other run-time data, or there
    /// was one so recently that this device may have been cut off since.
    boolean isAwaited(long nowNs) {
        if (isCopied()) {
            copiedNs = nowNs;
            everCopied = true;
        }
        return everCopied && nowNs - copiedNs < view.masterLeaseNs();
    }

    private boolean isCopied() {
        return copy.isConfirmed() && copy.target() == view.backup();
    }

    boolean isFull() {
        return size == slots.length;
    }

    void clear() {
        head = 0;
        size = 0;
        handedOut = 0;
        everCopied = false;
    }

    /// The flow has to wait. It has been told to the source.
    ///
    /// @param generation of its assignment
    void add(int slot, long generation, long nowNs) {
        followStream();
        int place = (head + size++) % slots.length;
        slots[place] = slot;
        generations[place] = generation;
        marks[place] = source.marked();
        untilNs[place] = nowNs + view.masterLeaseNs();
        untold[place] = !isCopied();
    }

    /// What was to be acknowledged in another stream never will be.
    private void followStream() {
        if (stream != copy.stream()) {
            stream = copy.stream();
            handedOut = 0;
            for (int i = 0; i < size; i++) {
                marks[(head + i) % slots.length] = Long.MAX_VALUE;
            }
        }
    }

    /// The first flow that need not wait any longer, which is taken out.
    ///
    /// @return its slot, or [#NONE]
    int poll(long nowNs) {
        followStream();
        while (handedOut < size && mark(handedOut) <= source.handedOut()) {
            marks[(head + handedOut++) % slots.length] = copy.sequence();
        }
        boolean known = handedOut > 0 && mark(0) <= copy.acknowledged();
        boolean awaited = isAwaited(nowNs);
        if (size == 0 || (awaited && !known && waits(nowNs))) {
            return NONE;
        }
        int slot = slots[head];
        polled = generations[head];
        head = (head + 1) % slots.length;
        size--;
        handedOut = Math.max(0, handedOut - 1);
        return slot;
    }

    /// A lease that is valid when the wait is over was granted for something that this device sent after the flow came:
    /// it was not cut off then. Of a flow that no copy tells of, that is all there is to wait for.
    private boolean waits(long nowNs) {
        return nowNs - untilNs[head] < 0 && !(untold[head] && view.masterLeaseEndNs() - untilNs[head] > 0);
    }

    /// The assignment of the flow that [#poll] answered last.
    long generation() {
        return polled;
    }

    private long mark(int index) {
        return marks[(head + index) % slots.length];
    }
}
