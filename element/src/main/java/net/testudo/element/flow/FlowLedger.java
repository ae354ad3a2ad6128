package net.testudo.element.flow;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import net.testudo.element.net.DeviceSet;

/// The cluster's flows and their owners: the master's assignment table, and the backup's copy of it. Every change of
/// ownership goes through here, so that counts, the backup and the keeper of translated ports follow.
final class FlowLedger {
    /// Of a full table of flows, so many may end and be remembered before late handovers are refused.
    private static final int ENDED_SHARE = 16;
    private static final int ENDED_MIN = 64;

    private final FlowTable table;
    private final FlowSource source;
    private final FlowObserver observer;
    private final FlowCounters counters;
    private final long boot;
    private final EndedFlows ended;
    private long epoch;
    private final int[] flowsOf = new int[DeviceSet.DEVICE_MAX + 1];
    private final long[] seenBoot = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] seenLapse = new long[DeviceSet.DEVICE_MAX + 1];
    private IntConsumer onEnd = _ -> {};
    private boolean leading;
    private long orphans;

    FlowLedger(FlowContext context, FlowTable table) {
        this.table = table;
        source = new FlowSource(table, false);
        observer = context.observer();
        counters = context.counters();
        boot = context.boot();
        ended = new EndedFlows(Math.max(ENDED_MIN, table.capacity() / ENDED_SHARE));
    }

    FlowTable table() {
        return table;
    }

    FlowSource source() {
        return source;
    }

    /// Who is told the slot of a flow that ends.
    void onEnd(IntConsumer consumer) {
        onEnd = consumer;
    }

    int flowsOf(int device) {
        return flowsOf[device];
    }

    int[] flowCounts() {
        return flowsOf;
    }

    /// Flows that lost their owner since this device took over.
    long orphans() {
        return orphans;
    }

    int unowned() {
        return flowsOf[0];
    }

    /// This device leads a new epoch: of owned flows only the owners know whether they still are.
    void takeOver(ServingView view) {
        source.stop();
        leading = true;
        epoch = view.epoch();
        ended.restart();
        orphans = 0;
        Arrays.fill(flowsOf, 0);
        for (int slot = 0; slot < table.highWater(); slot++) {
            if (table.isUsed(slot)) {
                flowsOf[table.owner(slot)]++;
                table.setStamp(slot, 0);
                table.setStatus(slot, table.owner(slot) == 0 ? FlowStatus.UNOWNED : FlowStatus.UNCERTAIN);
            }
        }
        tell();
        Arrays.fill(seenBoot, 0);
        disownPast(view);
    }

    /// A former master or backup master knew this flow. It is added if nobody has told of it or of what is in its way.
    /// An older flow in its way was over when this one was opened, which only an older copy does not know: whoever
    /// carried it lost its lease before.
    ///
    /// @param reported devices that have told all that they carry
    /// @return whether it was added
    boolean inherit(FlowRecord flow, DeviceSet reported, long nowNs) {
        if (!isKnown(flow) && isOverBefore(flow, flow.forward()) && isOverBefore(flow, flow.reverse())) {
            endIfAny(flow.forward(), nowNs);
            endIfAny(flow.reverse(), nowNs);
        }
        return add(flow, reported, nowNs);
    }

    private boolean isKnown(FlowRecord flow) {
        return ended.contains(flow.id()) || table.findId(flow.id()) >= 0;
    }

    private boolean isOverBefore(FlowRecord flow, DirectionKey key) {
        int found = table.find(key.addresses(), key.ports());
        if (found < 0) {
            return true;
        }
        FlowStatus status = table.status(found >> 1);
        boolean carried = status != FlowStatus.UNCERTAIN && status != FlowStatus.UNOWNED;
        return !carried && flow.isOpenedAfter(table.id(found >> 1));
    }

    private void endIfAny(DirectionKey key, long nowNs) {
        int found = table.find(key.addresses(), key.ports());
        if (found >= 0) {
            end(found >> 1, nowNs);
        }
    }

    private boolean add(FlowRecord flow, DeviceSet reported, long nowNs) {
        if (isKnown(flow)
                || table.find(flow.forward().addresses(), flow.forward().ports()) >= 0
                || table.find(flow.reverse().addresses(), flow.reverse().ports()) >= 0) {
            return false;
        }
        int owner = flow.ownership().owner();
        boolean carried = owner != 0 && !reported.contains(owner);
        int slot = table.insert(
                carried ? flow : flow.ownedBy(Ownership.NONE),
                carried ? FlowStatus.UNCERTAIN : FlowStatus.UNOWNED,
                nowNs);
        if (slot < 0) {
            counters.add(FlowCounter.TABLE_FULL);
            return false;
        }
        table.setFlags(slot, table.flags(slot) | FlowRecord.MOVED);
        flowsOf[table.owner(slot)]++;
        counters.add(FlowCounter.INHERITED);
        source.opened(slot);
        return true;
    }

    /// The same once flows are assigned: what was assigned since, and the ports it had, stand against it too.
    void inheritLate(FlowRecord flow, DeviceSet reported, long nowNs) {
        if (ended.isComplete() && observer.isFree(flow) && add(flow, reported, nowNs)) {
            observer.onFlow(flow);
        }
    }

    /// Whether each flow is remembered that ended in this epoch and may be told by a handover.
    boolean remembersEnded() {
        return ended.isComplete();
    }

    /// No handover is taken any more.
    void forgetEnded() {
        ended.stop();
    }

    /// All of an inheritance was told: the keeper of translated ports begins anew with what is known now.
    void inherited() {
        Arrays.fill(seenBoot, 0);
        tell();
    }

    private void tell() {
        observer.onMaster(true);
        for (int slot = 0; slot < table.highWater(); slot++) {
            if (table.isUsed(slot) && table.status(slot) != FlowStatus.ENDED) {
                observer.onFlow(table.get(slot));
            }
        }
    }

    /// This device does not lead any more; the flows stay as a copy, but for those that nobody was known to carry yet:
    /// if their first packet passed elsewhere since, they have another translation there.
    void giveUp() {
        source.stop();
        leading = false;
        ended.stop();
        for (int slot = 0; slot < table.highWater(); slot++) {
            if (table.isUsed(slot) && isNew(slot)) {
                table.remove(slot);
            }
        }
        observer.onMaster(false);
    }

    private boolean isNew(int slot) {
        FlowStatus status = table.status(slot);
        boolean unconfirmed = status == FlowStatus.UNOWNED || status == FlowStatus.ASSIGNING;
        return unconfirmed && (table.flags(slot) & FlowRecord.MOVED) == 0;
    }

    /// Forgets the copy.
    void clear() {
        source.stop();
        table.clear();
    }

    int open(FlowRecord flow, long nowNs) {
        int slot = table.insert(flow.ownedBy(Ownership.NONE), FlowStatus.UNOWNED, nowNs);
        if (slot < 0) {
            counters.add(slot == FlowTable.FULL ? FlowCounter.TABLE_FULL : FlowCounter.KEY_CONFLICTS);
            return slot;
        }
        flowsOf[0]++;
        counters.add(FlowCounter.OPENED);
        observer.onFlow(flow);
        source.opened(slot);
        return slot;
    }

    void assign(int slot, Ownership ownership) {
        own(slot, ownership, FlowStatus.ASSIGNING);
        if ((table.flags(slot) & FlowRecord.MOVED) != 0) {
            counters.add(FlowCounter.MOVED);
        }
    }

    void confirm(int slot) {
        table.setStatus(slot, FlowStatus.OWNED);
    }

    /// Nobody carries the flow any more.
    void disownFlow(int slot) {
        if (table.status(slot) != FlowStatus.ASSIGNING) {
            table.setFlags(slot, table.flags(slot) | FlowRecord.MOVED);
        }
        own(slot, Ownership.NONE, FlowStatus.UNOWNED);
    }

    /// The flows of `device` that match are nobody's any more.
    void disown(int device, IntPredicate matches) {
        for (int slot = 0; flowsOf[device] > 0 && slot < table.highWater(); slot++) {
            if (isOwnedBy(slot, device) && matches.test(slot)) {
                lose(slot);
            }
        }
    }

    /// Flows whose owner has since begun another incarnation are nobody's any more.
    void disownPast(ServingView view) {
        for (int device = 1; device <= DeviceSet.DEVICE_MAX; device++) {
            if (flowsOf[device] > 0) {
                disownPast(device, view);
            }
        }
    }

    private void disownPast(int device, ServingView view) {
        boolean own = device == view.self();
        long nowBoot = own ? boot : view.bootOf(device);
        if (nowBoot == 0) {
            return;
        }
        long nowLapse = own ? view.lapse() : view.lapseOf(device);
        if (nowBoot != seenBoot[device] || nowLapse != seenLapse[device]) {
            seenBoot[device] = nowBoot;
            seenLapse[device] = nowLapse;
            disown(device, slot -> table.boot(slot) != nowBoot || nowLapse > table.lapse(slot));
        }
    }

    /// The owner reports that it carries this flow.
    ///
    /// @return whether it is the owner; if not, it has to end it
    boolean report(int from, FlowRecord flow, long stream, long nowNs) {
        int slot = table.findId(flow.id());
        if (slot < 0) {
            slot = adopt(flow, nowNs);
        } else if (table.status(slot) == FlowStatus.ENDED) {
            return true;
        } else if (table.owner(slot) != from && table.ownership(slot).isNewerThan(flow.ownership())) {
            counters.add(FlowCounter.STALE_MESSAGES);
            return false;
        } else {
            if (table.owner(slot) != 0 && table.owner(slot) != from && table.status(slot) != FlowStatus.UNCERTAIN) {
                counters.add(FlowCounter.OWNER_CONFLICTS);
            }
            FlowStatus status = table.status(slot);
            boolean asked = status == FlowStatus.RELEASING || status == FlowStatus.ENDING;
            flowsOf[table.owner(slot)]--;
            table.update(slot, flow, asked ? status : FlowStatus.OWNED);
            flowsOf[from]++;
            source.opened(slot);
        }
        if (slot >= 0) {
            table.setStamp(slot, stream);
        }
        return slot >= 0;
    }

    private int adopt(FlowRecord flow, long nowNs) {
        if (!evict(flow.forward(), flow.ownership(), nowNs) || !evict(flow.reverse(), flow.ownership(), nowNs)) {
            counters.add(FlowCounter.KEY_CONFLICTS);
            return FlowTable.CONFLICT;
        }
        int slot = table.insert(flow, FlowStatus.OWNED, nowNs);
        if (slot < 0) {
            counters.add(FlowCounter.TABLE_FULL);
            return slot;
        }
        flowsOf[flow.ownership().owner()]++;
        observer.onFlow(flow);
        source.opened(slot);
        return slot;
    }

    /// What stands in the way of a reported flow is out of date unless its owner was seen to carry it.
    private boolean evict(DirectionKey key, Ownership newer, long nowNs) {
        int found = table.find(key.addresses(), key.ports());
        if (found < 0) {
            return true;
        }
        int slot = found >> 1;
        FlowStatus status = table.status(slot);
        if ((status == FlowStatus.UNCERTAIN || status == FlowStatus.UNOWNED)
                && !table.ownership(slot).isNewerThan(newer)) {
            end(slot, nowNs);
            return true;
        }
        return false;
    }

    /// The report of `device` is complete: what it did not name it does not carry.
    void reported(int device, long stream) {
        disown(device, slot -> table.stamp(slot) != stream);
    }

    /// The owner tells where the flow stands.
    void state(int from, FlowRecordId id, ConnectionState state, int flags) {
        int slot = carriedUnder(from, id);
        if (slot >= 0) {
            table.setState(slot, state);
            table.setFlags(slot, flags | (table.flags(slot) & FlowRecord.MOVED));
            source.changed(slot);
        }
    }

    /// The owner tells that the flow is over.
    void ended(int from, FlowRecordId id, long nowNs) {
        int slot = carriedUnder(from, id);
        if (slot >= 0) {
            end(slot, nowNs);
        }
    }

    /// The flow is over and nobody carries it.
    void end(int slot, long nowNs) {
        FlowRecord flow = table.get(slot);
        flowsOf[table.owner(slot)]--;
        if (!flow.isFirstOf(epoch)) {
            ended.add(flow.id());
        }
        counters.add(FlowCounter.ENDED);
        onEnd.accept(slot);
        source.ended(slot);
        observer.onFlowEnded(flow, nowNs);
    }

    /// More than the flow's state changed.
    void changed(int slot) {
        source.opened(slot);
    }

    /// A flow under one of its assignments.
    record FlowRecordId(long id, long epoch, long generation) {}

    private int carriedUnder(int from, FlowRecordId id) {
        int slot = table.findId(id.id());
        boolean current = slot >= 0 && isOwnedBy(slot, from) && table.isAssignment(slot, id.epoch(), id.generation());
        if (!current) {
            counters.add(FlowCounter.STALE_MESSAGES);
        }
        return current ? slot : FlowTable.NONE;
    }

    private boolean isOwnedBy(int slot, int device) {
        return table.isUsed(slot) && table.owner(slot) == device && table.status(slot) != FlowStatus.ENDED;
    }

    private void lose(int slot) {
        if (table.status(slot) == FlowStatus.ENDING) {
            end(slot, table.lastSeenNs(slot));
        } else {
            disownFlow(slot);
            orphans++;
        }
    }

    private void own(int slot, Ownership ownership, FlowStatus status) {
        if (!leading) {
            throw new IllegalStateException("only a master changes owners");
        }
        flowsOf[table.owner(slot)]--;
        flowsOf[ownership.owner()]++;
        table.own(slot, ownership);
        table.setStatus(slot, status);
        table.setStamp(slot, 0);
        source.opened(slot);
    }
}
