package net.testudo.element.resource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.resource.LeaseMessage.Acknowledgement;
import net.testudo.element.resource.LeaseMessage.Grant;
import net.testudo.element.resource.LeaseMessage.Reason;
import net.testudo.element.resource.LeaseMessage.Refusal;
import net.testudo.element.resource.LeaseMessage.Report;
import net.testudo.element.resource.LeaseMessage.Request;
import net.testudo.element.resource.LeaseMessage.Return;
import net.testudo.element.resource.LeaseMessage.Revocation;
import net.testudo.element.resource.LeaseMessage.Update;
import org.jspecify.annotations.Nullable;

/// The master's book of leases, for one epoch: who holds which block, and what may be granted.
///
/// Who uses it drops it at the end of its epoch, feeds it every message of its epoch, and tells it what happens to
/// holders and backup. It never gives a number to two holders: a block is granted only if none that is not free
/// overlaps it, is usable only after the backup knows of it, and becomes free only when its holder is gone or gave
/// it back, no flow uses it and the quarantine is over.
public final class LeaseLedger {
    /// Whether numbers are in use.
    @FunctionalInterface
    public interface LeaseUse {
        /// Whether any flow of the cluster, on whichever device, has a number of this block.
        boolean inUse(LeaseBlock block);
    }

    /// What a ledger is given by its surroundings.
    ///
    /// @param quarantineNs how long numbers rest after their last use
    /// @param sink gets the messages for holders and backup
    /// @param use knows the flows of the whole cluster
    public record Context(long quarantineNs, LeaseSink sink, LeaseUse use) {}

    private final long epoch;
    private final long quarantineNs;
    private final LeaseSink sink;
    private final LeaseUse use;
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private final ArrayDeque<Entry> pending = new ArrayDeque<>();
    private final HolderTable holders = new HolderTable();
    private final RequestTable requests = new RequestTable();
    private final PoolSpace space = new PoolSpace(entries);
    private int backup;
    private long sequence;
    private long acknowledged;
    private long snapshotEnd;
    private DeviceSet awaited = DeviceSet.NONE;
    private boolean quiet;
    private long quietUntilNs;
    private boolean replicaComplete = true;
    private long conflicts;

    /// A block that is not free.
    static final class Entry {
        final LeaseBlock block;
        final int holder;
        LeaseState state;
        /// Of the last message to a backup about it.
        long sequence;

        @Nullable
        Request request;
        /// Known from a replica, and not reported by its holder to this master.
        boolean unconfirmed;
        /// End of the quarantine.
        long untilNs;

        Entry(LeaseBlock block, int holder, LeaseState state) {
            this.block = block;
            this.holder = holder;
            this.state = state;
        }
    }

    /// The book of a cluster that is just formed: everything is free.
    ///
    /// @param epoch of the master
    public LeaseLedger(long epoch, Context context) {
        this.epoch = epoch;
        quarantineNs = context.quarantineNs;
        sink = context.sink;
        use = context.use;
    }

    /// The book of a new master. It grants nothing until every device of `mayServe` has reported or is lost, and,
    /// if `replica` is not complete, until numbers that it cannot know of have rested.
    ///
    /// @param replica what this device knew as backup; an empty one if it was not
    /// @param mayServe devices that may have a serving lease, this one included; what others held drains
    public static LeaseLedger takeOver(
            long epoch, Context context, LeaseReplica replica, DeviceSet mayServe, long nowNs) {
        LeaseLedger ledger = new LeaseLedger(epoch, context);
        ledger.awaited = mayServe;
        ledger.replicaComplete = replica.complete();
        ledger.quiet = !ledger.replicaComplete;
        ledger.quietUntilNs = nowNs + ledger.quarantineNs;
        for (Update known : replica.blocks()) {
            Entry entry = new Entry(known.block(), known.holder(), known.state());
            if (entry.state == LeaseState.PENDING || entry.state == LeaseState.ACTIVE) {
                entry.state = mayServe.contains(entry.holder) ? LeaseState.ACTIVE : LeaseState.DRAINING;
            }
            entry.unconfirmed = true;
            entry.untilNs = nowNs + ledger.quarantineNs;
            ledger.entries.put(key(entry.block.line(), entry.block.first()), entry);
            ledger.holders.set(entry.block, entry.state == LeaseState.ACTIVE ? entry.holder : 0);
        }
        return ledger;
    }

    /// Sets the pools of the configuration that holds from now on. Blocks of earlier pools stay with their holders.
    public void pools(List<LeasePool> pools) {
        space.pools(pools);
    }

    /// Handles a message of a holder or of the backup; one of another epoch is ignored.
    public void onMessage(LeaseMessage message, long nowNs) {
        if (message.epoch() != epoch) {
            return;
        }
        switch (message) {
            case Request request -> onRequest(request, nowNs);
            case Return returned -> onReturn(returned, nowNs);
            case Report report -> onReport(report);
            case Acknowledgement acknowledgement -> onAcknowledgement(acknowledgement);
            default -> {
                // What only masters send is of no meaning to a master.
            }
        }
    }

    /// Another device is backup now, or the same one with a new session; 0 if there is none. It is sent everything;
    /// without a backup, a grant needs no acknowledgement.
    public void onBackupChanged(int device) {
        backup = device;
        acknowledged = 0;
        if (device == 0) {
            while (!pending.isEmpty()) {
                activate(pending.remove());
            }
            return;
        }
        sink.send(device, new LeaseMessage.SnapshotStarted(epoch, ++sequence));
        pending.clear();
        for (Entry entry : entries.values()) {
            replicate(entry, entry.state);
            if (entry.state == LeaseState.PENDING) {
                pending.add(entry);
            }
        }
        snapshotEnd = ++sequence;
        sink.send(device, new LeaseMessage.SnapshotEnded(epoch, snapshotEnd));
    }

    /// Whether the backup has acknowledged all it was sent at its start.
    public boolean backupInSync() {
        return backup != 0 && acknowledged >= snapshotEnd;
    }

    /// A holder will not use its blocks any more: it died and its serving lease has run out, its lease lapsed, it
    /// restarted or left. What it held drains.
    public void onHolderLost(int device, long nowNs) {
        if (awaited.contains(device)) {
            awaited = awaited.without(device);
            // It may have held blocks that an incomplete replica does not name.
            quietUntilNs = nowNs + quarantineNs;
            quiet = quiet || !replicaComplete;
        }
        requests.forget(device);
        for (Entry entry : List.copyOf(entries.values())) {
            if (entry.holder != device) {
                continue;
            }
            if (entry.state == LeaseState.PENDING) {
                pending.remove(entry);
                free(entry);
            } else if (entry.state == LeaseState.ACTIVE) {
                change(entry, LeaseState.DRAINING);
            }
        }
    }

    /// Moves blocks on: what has drained is quarantined, what has rested is free.
    public void doWork(long nowNs) {
        if (quiet && awaited.isEmpty() && nowNs - quietUntilNs >= 0) {
            quiet = false;
        }
        for (Entry entry : List.copyOf(entries.values())) {
            if (entry.state == LeaseState.DRAINING && !use.inUse(entry.block)) {
                quarantine(entry, nowNs);
            } else if (entry.state == LeaseState.QUARANTINED && nowNs - entry.untilNs >= 0) {
                // A flow may have been learnt of late, from a report.
                if (use.inUse(entry.block)) {
                    change(entry, LeaseState.DRAINING);
                } else {
                    free(entry);
                }
            }
        }
    }

    /// Whether blocks may be granted; a new master has to know first who holds what.
    public boolean recovered() {
        return awaited.isEmpty() && !quiet;
    }

    /// Devices whose report is missing.
    public DeviceSet awaited() {
        return awaited;
    }

    /// The device that may use a number, 0 if none may. O(1), without allocation: a packet to a port that no flow
    /// has goes to the port's holder.
    public int holder(int line, int number) {
        return holders.get(line, number);
    }

    /// How much of a pool is not free, in thousandths; 1000 means that nothing can be granted.
    public int usedPermille(LeasePool pool) {
        return space.usedPermille(pool);
    }

    /// How many reported blocks were another's; anything but 0 is a fault of this program.
    public long conflicts() {
        return conflicts;
    }

    /// Every block that is not free, as the backup would be told, ascending by line and first number.
    public List<Update> blocks() {
        List<Update> blocks = new ArrayList<>();
        entries.values().forEach(e -> blocks.add(new Update(epoch, e.sequence, e.block, e.holder, e.state)));
        return blocks;
    }

    static long key(int line, int number) {
        return (long) line << 32 | number;
    }

    private void onRequest(Request request, long nowNs) {
        Request last = requests.last(request);
        if (last != null && last.number() >= request.number()) {
            repeatGrant(request);
            return;
        }
        LeasePool pool = space.pool(request.pool());
        if (pool == null) {
            refuse(request, Reason.UNKNOWN_POOL);
            return;
        }
        if (!recovered()) {
            refuse(request, Reason.RECOVERING);
            return;
        }
        LeaseBlock block = chooseUnused(pool);
        if (block == null) {
            refuse(request, Reason.EXHAUSTED);
            return;
        }
        requests.remember(request);
        Entry entry = new Entry(block, request.device(), LeaseState.PENDING);
        entry.request = request;
        entry.untilNs = nowNs;
        entries.put(key(block.line(), block.first()), entry);
        replicate(entry, LeaseState.PENDING);
        if (backup == 0) {
            activate(entry);
        } else {
            pending.add(entry);
        }
    }

    /// A free block that no flow uses. A master that had no complete replica does not know what a lost device held,
    /// but it sees the ports of its flows that moved: they drain like the others.
    private @Nullable LeaseBlock chooseUnused(LeasePool pool) {
        LeaseBlock block = space.choose(pool);
        while (block != null && use.inUse(block)) {
            Entry entry = new Entry(block, 0, LeaseState.DRAINING);
            entries.put(key(block.line(), block.first()), entry);
            change(entry, LeaseState.DRAINING);
            block = space.choose(pool);
        }
        return block;
    }

    /// The grant may have been lost with a session; while it still holds it is said again.
    private void repeatGrant(Request request) {
        for (Entry entry : entries.values()) {
            if (request.equals(entry.request) && entry.state == LeaseState.ACTIVE) {
                sink.send(request.device(), grant(request, entry));
            }
        }
    }

    private void onAcknowledgement(Acknowledgement acknowledgement) {
        if (acknowledgement.device() != backup) {
            return;
        }
        acknowledged = Math.max(acknowledged, acknowledgement.sequence());
        while (!pending.isEmpty() && pending.element().sequence <= acknowledged) {
            activate(pending.remove());
        }
    }

    private void onReturn(Return returned, long nowNs) {
        Entry entry = exact(returned.block());
        if (entry == null || entry.holder != returned.device() || entry.state != LeaseState.ACTIVE) {
            return;
        }
        // A late answer to an old grant must not end a new lease of the same block.
        if (returned.number() == 0 || (entry.request != null && entry.request.number() == returned.number())) {
            quarantine(entry, nowNs);
        }
    }

    private void onReport(Report report) {
        boolean wanted = awaited.contains(report.device());
        for (LeaseBlock block : report.blocks()) {
            Entry entry = exact(block);
            if (entry != null && entry.holder == report.device() && entry.state == LeaseState.ACTIVE) {
                entry.unconfirmed = false;
                continue;
            }
            if (wanted) {
                forgetUnconfirmed(block);
            }
            if (wanted && space.isFree(block)) {
                Entry unknown = new Entry(block, report.device(), LeaseState.ACTIVE);
                entries.put(key(block.line(), block.first()), unknown);
                change(unknown, LeaseState.ACTIVE);
            } else {
                conflicts++;
                sink.send(report.device(), new Revocation(epoch, report.device(), block));
            }
        }
        awaited = awaited.without(report.device());
        for (Entry entry : List.copyOf(entries.values())) {
            if (entry.holder == report.device()
                    && entry.state == LeaseState.ACTIVE
                    && !report.blocks().contains(entry.block)) {
                missingInReport(entry, report);
            }
        }
    }

    /// A replica may be old; what a holder says of itself counts more.
    private void forgetUnconfirmed(LeaseBlock block) {
        for (Entry entry : List.copyOf(entries.values())) {
            if (entry.unconfirmed && entry.block.overlaps(block)) {
                free(entry);
            }
        }
    }

    /// The holder does not have the block: its grant is under way, or it gave the block up.
    private void missingInReport(Entry entry, Report report) {
        if (entry.request != null && report.open().contains(entry.request.number())) {
            sink.send(report.device(), grant(entry.request, entry));
        } else {
            change(entry, LeaseState.DRAINING);
        }
    }

    private void activate(Entry entry) {
        entry.state = LeaseState.ACTIVE;
        holders.set(entry.block, entry.holder);
        Request request = entry.request;
        if (request != null) {
            sink.send(entry.holder, grant(request, entry));
        }
    }

    private Grant grant(Request request, Entry entry) {
        return new Grant(epoch, request.device(), request.pool(), request.number(), entry.block);
    }

    private void quarantine(Entry entry, long nowNs) {
        entry.untilNs = nowNs + quarantineNs;
        change(entry, LeaseState.QUARANTINED);
    }

    private void free(Entry entry) {
        entries.remove(key(entry.block.line(), entry.block.first()));
        change(entry, LeaseState.FREE);
    }

    private void change(Entry entry, LeaseState state) {
        entry.state = state;
        holders.set(entry.block, state == LeaseState.ACTIVE ? entry.holder : 0);
        replicate(entry, state);
    }

    private void replicate(Entry entry, LeaseState state) {
        entry.sequence = ++sequence;
        if (backup != 0) {
            sink.send(backup, new Update(epoch, sequence, entry.block, entry.holder, state));
        }
    }

    private void refuse(Request request, Reason reason) {
        sink.send(request.device(), new Refusal(epoch, request.device(), request.pool(), request.number(), reason));
    }

    private @Nullable Entry exact(LeaseBlock block) {
        Entry entry = entries.get(key(block.line(), block.first()));
        return entry != null && entry.block.equals(block) ? entry : null;
    }
}
