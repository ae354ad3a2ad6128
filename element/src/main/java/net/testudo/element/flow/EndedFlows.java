package net.testudo.element.flow;

/// Which flows of earlier epochs ended in the present one, at the master: who hands over late may not know that.
final class EndedFlows {
    private final SlotIndex ids;
    private final int countMax;
    private int count;
    private boolean complete;

    /// @param countMax how many are remembered; when there are more, it is over
    EndedFlows(int countMax) {
        ids = new SlotIndex(countMax);
        this.countMax = countMax;
    }

    /// A new epoch: none has ended.
    void restart() {
        ids.clear();
        count = 0;
        complete = true;
    }

    /// They need not be remembered any more.
    void stop() {
        complete = false;
    }

    /// Whether all of them are remembered.
    boolean isComplete() {
        return complete;
    }

    void add(long id) {
        if (complete && count < countMax) {
            count++;
            ids.put(SlotIndex.mix(id), 0);
        } else {
            complete = false;
        }
    }

    /// Whether the flow is one of them; no two ids have the same hash.
    boolean contains(long id) {
        long hash = SlotIndex.mix(id);
        return ids.seek(hash, ids.start(hash)) >= 0;
    }
}
