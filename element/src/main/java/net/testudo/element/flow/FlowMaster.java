package net.testudo.element.flow;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import net.testudo.element.config.PolicyConfig.AssignmentStrategy;
import net.testudo.element.flow.FlowMessage.Assigned;
import net.testudo.element.flow.FlowMessage.Refused;
import net.testudo.element.flow.FlowMessage.Released;
import net.testudo.element.net.DeviceSet;

/// The master's part: which device carries which flow (FLW-01), and the frames that wait until that is settled.
///
/// A new epoch starts with every flow uncertain. Nothing is assigned until every member reported what it carries, or
/// was suspended and its lease ran out. From then on a flow moves only if its owner gave it back, reported without it,
/// started a new incarnation (boot or lapse), or is suspended with its lease run out.
public final class FlowMaster {
    private static final long REFUSED_PAUSE_NS = 5_000_000L;
    private static final int ASSIGN_BATCH = 256;

    private final ServingView view;
    private final FlowLimits limits;
    private final FlowCounters counters;
    private final FlowLedger ledger;
    private final FlowTable table;
    private final FlowReports reports;
    private final FlowLink link;
    private final FlowTransport transport;
    private final FlowDelivery delivery;
    private final HoldQueue hold;
    private final UncopiedFlows uncopied;
    private final DataFrame held = new DataFrame();
    private final DataFrame resumed = new DataFrame();
    private final int backlog;
    private final long[] pausedUntilNs = new long[DeviceSet.DEVICE_MAX + 1];
    private DeviceSet paused = DeviceSet.NONE;
    private AssignmentStrategy strategy = AssignmentStrategy.ROUND_ROBIN;
    private boolean active;
    private boolean settled;
    private long epoch;
    private long generation;
    private long idSequence;
    private long random;
    private int last;
    private int sweepSlot;

    FlowMaster(FlowContext context, FlowLedger ledger, FlowReports reports, SyncSender copy) {
        view = context.view();
        limits = context.limits();
        counters = context.counters();
        link = context.link();
        transport = context.transport();
        delivery = context.delivery();
        random = context.seed();
        this.ledger = ledger;
        this.reports = reports;
        table = ledger.table();
        backlog = table.capacity();
        hold = new HoldQueue(table.capacity() + 1, limits, counters);
        uncopied = new UncopiedFlows(view, copy, ledger.source(), limits.heldFrames());
        ledger.onEnd(hold::drop);
    }

    /// How devices are chosen from now on.
    public void setStrategy(AssignmentStrategy newStrategy) {
        strategy = newStrategy;
    }

    /// All flows of the cluster, as known here; changed only by the flow functions.
    public FlowTable table() {
        return table;
    }

    /// Whether this device leads and flows may be assigned; until then frames of unknown flows wait.
    public boolean isSettled() {
        return settled;
    }

    /// Flows of each device, by its number.
    public int flowsOf(int device) {
        return ledger.flowsOf(device);
    }

    /// How many flows have lost their owner in this epoch.
    public long orphans() {
        return ledger.orphans();
    }

    /// Whether this device follows itself as master.
    boolean isActive() {
        return active;
    }

    /// Follows the cluster: what changed since the last call takes effect.
    void observe() {
        boolean leads = view.master() == view.self() && view.self() != 0;
        if (leads && (!active || epoch != view.epoch())) {
            activate();
        } else if (!leads && active) {
            deactivate();
        }
        if (!active) {
            return;
        }
        DeviceSet released = view.released();
        for (int device = released.first(); device != 0; device = released.next(device)) {
            ledger.disown(device, _ -> true);
            reports.release(device);
        }
        ledger.disownPast(view);
    }

    private void activate() {
        active = true;
        settled = false;
        epoch = view.epoch();
        paused = DeviceSet.NONE;
        hold.clear();
        uncopied.clear();
        reports.restart();
        ledger.takeOver(view);
    }

    private void deactivate() {
        active = false;
        settled = false;
        hold.clear();
        uncopied.clear();
        reports.restart();
        ledger.giveUp();
    }

    /// This device was stalled: what waits is out of date.
    void dropHeld() {
        hold.clear();
    }

    /// Sends what is due.
    void doWork(long nowNs) {
        if (!active) {
            return;
        }
        reports.doWork(epoch);
        settle(nowNs);
        carryCopied(nowNs);
        hold.expire(nowNs);
        if (settled) {
            drainStandby();
            sweep(nowNs);
        }
    }

    /// Members that are standby from now on give back what they carry, if there is somebody to take it.
    private void drainStandby() {
        DeviceSet standby = view.standby();
        boolean takers = !standby.isEmpty() && !candidates().minus(standby).isEmpty();
        for (int device = standby.first(); takers && device != 0; device = standby.next(device)) {
            if (ledger.flowsOf(device) > 0) {
                drain(device);
            }
        }
    }

    private void settle(long nowNs) {
        DeviceSet awaited = view.members().with(view.self()).minus(view.released());
        if (settled || !awaited.minus(reports.complete()).isEmpty()) {
            return;
        }
        settled = true;
        while (hold.poll(backlog, resumed, nowNs)) {
            delivery.resume(resumed, nowNs);
        }
        for (int place = 0; place < hold.places(); place++) {
            int slot = hold.chainAt(place);
            if (slot != HoldQueue.NONE && slot != backlog && isCarried(slot)) {
                sendHeld(slot, nowNs);
            }
        }
    }

    private boolean isCarried(int slot) {
        FlowStatus status = table.status(slot);
        return status == FlowStatus.OWNED || status == FlowStatus.ENDING;
    }

    private void carryCopied(long nowNs) {
        if (!view.masterServing(nowNs)) {
            return;
        }
        for (int slot = uncopied.poll(nowNs); slot != UncopiedFlows.NONE; slot = uncopied.poll(nowNs)) {
            long assigned = uncopied.generation();
            if (isAwaited(slot, view.self(), FlowStatus.ASSIGNING, epoch, assigned)
                    && !tell(slot, table.ownership(slot), nowNs)) {
                ledger.disownFlow(slot);
            }
        }
    }

    private void sweep(long nowNs) {
        int slots = table.highWater();
        int unowned = ledger.unowned();
        for (int i = 0, sent = 0; i < slots && sent < Math.min(unowned, ASSIGN_BATCH); i++) {
            sweepSlot = sweepSlot + 1 < slots ? sweepSlot + 1 : 0;
            if (table.isUsed(sweepSlot) && table.status(sweepSlot) == FlowStatus.UNOWNED) {
                sent++;
                if (!assign(sweepSlot, choose(nowNs), nowNs)) {
                    expire(sweepSlot, nowNs);
                }
            }
        }
    }

    private void expire(int slot, long nowNs) {
        if (nowNs - table.lastSeenNs(slot) > table.state(slot).idleNs()) {
            ledger.end(slot, nowNs);
        }
    }

    /// The device that should carry the next new flow, 0 if there is none.
    public int choose(long nowNs) {
        if (!settled || !view.masterServing(nowNs)) {
            return 0;
        }
        for (int device = paused.first(); device != 0; device = paused.next(device)) {
            if (nowNs - pausedUntilNs[device] >= 0) {
                paused = paused.without(device);
            }
        }
        random = SlotIndex.mix(random + 1);
        int device = FlowAssignment.choose(strategy, candidates().minus(paused), ledger.flowCounts(), last, random);
        last = device == 0 ? last : device;
        return device;
    }

    private DeviceSet candidates() {
        return reports.eligible().and(view.assignable()).minus(view.released());
    }

    /// A new id, for [#open].
    public long nextId() {
        return FlowRecord.id(epoch, ++idSequence);
    }

    /// Opens a flow and assigns it to `device`; the frame that caused it travels with the assignment. If that is this
    /// device, the frame waits until the backup master knows of the flow.
    ///
    /// @param flow with an id of [#nextId]; its ownership is ignored
    /// @return false if the table is full, too many flows wait, or another flow has one of the keys
    public boolean open(FlowRecord flow, int device, DataFrame frame, long nowNs) {
        if (device == view.self() && uncopied.isFull()) {
            return false;
        }
        int slot = ledger.open(flow, nowNs);
        if (slot < 0) {
            return false;
        }
        hold.add(slot, limits.heldFramesPerFlow(), frame, nowNs);
        assign(slot, device, nowNs);
        return true;
    }

    /// A frame whose flow is not known waits until flows may be assigned.
    public void holdUntilSettled(DataFrame frame, long nowNs) {
        hold.add(backlog, limits.heldFrames(), frame, nowNs);
    }

    /// What becomes of a frame of a known flow.
    public enum Route {
        /// This device carries the flow.
        OWN,
        /// It was relayed to the owner, or waits for one.
        DONE
    }

    /// Sends a frame of a known flow to its owner, or lets it wait for one.
    public Route route(int slot, DataFrame frame, long nowNs) {
        FlowStatus status = table.status(slot);
        table.touch(slot, nowNs);
        if (isCarried(slot)) {
            if (!hold.isEmpty(slot)) {
                // Its owner reported it before it acknowledged the assignment, for which these frames wait. They go
                // first; this one has to wait behind them, as the caller cannot use what it is read with any more.
                hold.add(slot, limits.heldFramesPerFlow() + 1, frame, nowNs);
                sendHeld(slot, nowNs);
                return Route.DONE;
            }
            if (table.owner(slot) == view.self()) {
                return Route.OWN;
            }
            relay(table.owner(slot), frame);
            return Route.DONE;
        }
        hold.add(slot, limits.heldFramesPerFlow(), frame, nowNs);
        if (status == FlowStatus.UNOWNED && settled) {
            assign(slot, choose(nowNs), nowNs);
        }
        return Route.DONE;
    }

    private void relay(int device, DataFrame frame) {
        boolean sent = transport.relay(device, frame.network(), frame.buffer(), frame.offset(), frame.length());
        counters.add(sent ? FlowCounter.RELAYED : FlowCounter.RELAY_DROPS);
    }

    private boolean assign(int slot, int device, long nowNs) {
        if (device == 0 || !settled || !view.masterServing(nowNs)) {
            return false;
        }
        Ownership ownership = new Ownership(device, reports.boot(device), reports.lapse(device), epoch, ++generation);
        if (device == view.self() && isUnknownElsewhere(slot, nowNs)) {
            if (uncopied.isFull()) {
                return false;
            }
            uncopied.add(slot, ownership.generation(), nowNs);
        } else if (!tell(slot, ownership, nowNs)) {
            return false;
        }
        ledger.assign(slot, ownership);
        counters.add(FlowCounter.ASSIGNED);
        return true;
    }

    private boolean isUnknownElsewhere(int slot, long nowNs) {
        return (table.flags(slot) & FlowRecord.MOVED) == 0 && uncopied.isAwaited(nowNs);
    }

    /// Tells the new owner, with the first frame that waits.
    private boolean tell(int slot, Ownership ownership, long nowNs) {
        int device = ownership.owner();
        FlowRecord flow = table.get(slot).ownedBy(ownership);
        boolean framed = hold.poll(slot, held, nowNs);
        FlowMessage.Assign message = new FlowMessage.Assign(
                flow, reports.stream(device), framed ? held.network() : 0, framed ? copy(held) : MemorySegment.NULL);
        boolean taken = link.control(device, message);
        if (!taken) {
            pause(device, nowNs);
        }
        return taken;
    }

    private static MemorySegment copy(DataFrame frame) {
        byte[] octets = frame.buffer().asSlice(frame.offset(), frame.length()).toArray(ValueLayout.JAVA_BYTE);
        return MemorySegment.ofArray(octets);
    }

    private void pause(int device, long nowNs) {
        paused = paused.with(device);
        pausedUntilNs[device] = nowNs + REFUSED_PAUSE_NS;
    }

    void onAssigned(int from, Assigned message, long nowNs) {
        int slot = table.findId(message.id());
        if (!isAwaited(slot, from, FlowStatus.ASSIGNING, message.epoch(), message.generation())) {
            counters.add(FlowCounter.STALE_MESSAGES);
            return;
        }
        ledger.confirm(slot);
        sendHeld(slot, nowNs);
    }

    private void sendHeld(int slot, long nowNs) {
        int owner = table.owner(slot);
        while (hold.poll(slot, held, nowNs)) {
            if (owner == view.self()) {
                delivery.forward(held, nowNs);
            } else {
                relay(owner, held);
            }
        }
    }

    void onRefused(int from, Refused message, long nowNs) {
        int slot = table.findId(message.id());
        if (isAwaited(slot, from, FlowStatus.ASSIGNING, message.epoch(), message.generation())) {
            counters.add(FlowCounter.REFUSED);
            pause(from, nowNs);
            ledger.disownFlow(slot);
        }
    }

    void onReleased(int from, Released message) {
        int slot = table.findId(message.id());
        if (slot >= 0
                && table.status(slot) == FlowStatus.RELEASING
                && table.owner(slot) == from
                && table.ownership(slot).generation() == message.generation()) {
            table.setState(slot, message.state());
            ledger.disownFlow(slot);
        }
    }

    private boolean isAwaited(int slot, int from, FlowStatus status, long ofEpoch, long ofGeneration) {
        return slot >= 0
                && table.status(slot) == status
                && table.owner(slot) == from
                && table.isAssignment(slot, ofEpoch, ofGeneration);
    }

    private void drain(int device) {
        for (int slot = 0; slot < table.highWater(); slot++) {
            if (table.isUsed(slot) && table.owner(slot) == device && table.status(slot) == FlowStatus.OWNED) {
                table.setStatus(slot, FlowStatus.RELEASING);
                reports.ask(slot, epoch);
            }
        }
    }

    /// Ends a flow, such as one that the policy does not allow any more.
    ///
    /// @return false if that has to wait until its owner is known
    public boolean end(int slot, long nowNs) {
        return switch (table.status(slot)) {
            case UNOWNED -> {
                ledger.end(slot, nowNs);
                yield true;
            }
            case OWNED, RELEASING -> {
                table.setStatus(slot, FlowStatus.ENDING);
                reports.ask(slot, epoch);
                yield true;
            }
            case ENDING, ENDED -> true;
            case ASSIGNING, UNCERTAIN -> false;
        };
    }

    /// A next hop has another MAC address: the flows through it follow, at their owners too.
    public void nextHopChanged(int network, long oldMac, long newMac) {
        if (!active) {
            return;
        }
        NextHops.replace(table, network, oldMac, newMac, ledger::changed);
        DeviceSet told = reports.complete();
        for (int device = told.first(); device != 0; device = told.next(device)) {
            link.control(device, new FlowMessage.NextHop(epoch, network, oldMac, newMac));
        }
    }
}
