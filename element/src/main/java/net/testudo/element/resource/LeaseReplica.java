package net.testudo.element.resource;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import net.testudo.element.resource.LeaseMessage.Acknowledgement;
import net.testudo.element.resource.LeaseMessage.Update;

/// What the backup master knows of the leases, ready for taking over.
public final class LeaseReplica {
    private final SortedMap<Long, Update> blocks = new TreeMap<>();
    private long epoch;
    private boolean complete;

    /// An empty replica, which knows of nothing.
    public LeaseReplica() {}

    /// Stores what the master says.
    ///
    /// @param device this device
    /// @param message an update, or the start or end of a snapshot; others are ignored
    /// @param sink gets the acknowledgement for the master
    /// @param master to whom it goes
    public void onMessage(int device, LeaseMessage message, int master, LeaseSink sink) {
        long sequence = switch (message) {
            case LeaseMessage.SnapshotStarted(long newEpoch, long number) -> {
                blocks.clear();
                epoch = newEpoch;
                complete = false;
                yield number;
            }
            case LeaseMessage.SnapshotEnded(long ofEpoch, long number) -> {
                complete |= ofEpoch == epoch;
                yield ofEpoch == epoch ? number : 0;
            }
            case Update update -> {
                if (update.epoch() != epoch) {
                    yield 0;
                }
                store(update);
                yield update.sequence();
            }
            default -> 0;
        };
        if (sequence > 0) {
            sink.send(master, new Acknowledgement(epoch, device, sequence));
        }
    }

    /// Whether a whole snapshot and all updates since are there. A replica that is not whole knows of some blocks
    /// only, and its holder takes over like one that knows of none.
    public boolean complete() {
        return complete;
    }

    /// Every block that is not free, ascending by line and first number.
    public Collection<Update> blocks() {
        return blocks.values();
    }

    private void store(Update update) {
        long key = LeaseLedger.key(update.block().line(), update.block().first());
        if (update.state() == LeaseState.FREE) {
            blocks.remove(key);
        } else {
            blocks.put(key, update);
        }
    }
}
