package net.testudo.element.flow;

import net.testudo.element.flow.FlowMessage.Assign;
import net.testudo.element.flow.FlowMessage.Assigned;
import net.testudo.element.flow.FlowMessage.End;
import net.testudo.element.flow.FlowMessage.Refusal;
import net.testudo.element.flow.FlowMessage.Refused;
import net.testudo.element.flow.FlowMessage.Release;
import net.testudo.element.flow.FlowMessage.Released;
import net.testudo.element.flow.FlowMessage.StreamKind;

/// The flows this device carries (FLW-10).
///
/// Ownership holds only as long as the serving lease is unbroken: a lapse, or a duty cycle that came too late, ends all
/// of it. Each time the master or the session with it changes, and after each such loss, a new report stream starts; an
/// assignment names the report it builds on, so that one that was under way meanwhile is void.
public final class FlowOwner {
    private static final long SWEEP_NS = 1_000_000_000L;

    private final ServingView view;
    private final FlowLink link;
    private final FlowCounters counters;
    private final FlowTable table;
    private final FlowSource source;
    private final SyncSender report;
    private final FlowHandover handover;
    private final long boot;
    private long lapse;
    private long epoch;
    private int master;
    private int carried;
    private int sweepSlot;
    private long sweptNs;

    /// @param handover goes before each report
    FlowOwner(FlowContext context, FlowTable table, FlowHandover handover) {
        view = context.view();
        link = context.link();
        counters = context.counters();
        boot = context.boot();
        this.table = table;
        source = new FlowSource(table, true);
        report = new SyncSender(StreamKind.REPORT, link, SyncClasses.NONE, source);
        this.handover = handover;
        lapse = view.lapse();
    }

    /// The flows; changed only through this class.
    public FlowTable table() {
        return table;
    }

    /// How many flows this device carries.
    public int carried() {
        return carried;
    }

    /// The flow of packets with this key if this device may forward it now, as [FlowTable#find] answers.
    public int find(long addresses, long ports, long nowNs) {
        return isServing(nowNs) ? table.find(addresses, ports) : FlowTable.NONE;
    }

    /// Whether this device may forward packets of its flows now.
    public boolean isServing(long nowNs) {
        return view.memberServing(nowNs) && view.lapse() == lapse;
    }

    /// Notes where a flow stands; the master learns it.
    public void setState(int slot, ConnectionState state, int flags) {
        if (table.state(slot) != state || table.flags(slot) != flags) {
            table.setState(slot, state);
            table.setFlags(slot, flags);
            source.changed(slot);
        }
    }

    /// A new connection begins with the keys of one that is over.
    public void reopen(int slot) {
        table.unseed(slot);
        setState(
                slot,
                ConnectionState.TCP_OPENING,
                table.flags(slot) & ~(FlowRecord.FORWARD_FIN | FlowRecord.REVERSE_FIN));
    }

    /// Whether what this device carries is still its own.
    boolean isCurrent(long nowNs) {
        return view.lapse() == lapse && (carried == 0 || view.memberServing(nowNs));
    }

    /// Follows the cluster: what changed since the last call takes effect.
    void observe(long nowNs) {
        boolean lost = !isCurrent(nowNs);
        if (lost) {
            voidAll();
        }
        boolean unreported = report.target() == 0 && isMasterKnown();
        if (lost || unreported || view.epoch() != epoch || view.master() != master) {
            startReport();
        }
    }

    /// It may be followed by what others say of it, before its own first status message.
    private boolean isMasterKnown() {
        int leads = view.master();
        return leads != 0 && (leads == view.self() || view.bootOf(leads) != 0);
    }

    /// The session with the master is new, or this device was stalled: it reports anew.
    void startReport() {
        lapse = view.lapse();
        epoch = view.epoch();
        master = view.master();
        handover.restart();
        if (isMasterKnown()) {
            report.restart(master, epoch, boot, lapse);
        } else {
            report.stop();
        }
    }

    /// All ownership ends now.
    void voidAll() {
        if (carried > 0) {
            counters.add(FlowCounter.VOIDED);
        }
        report.stop();
        source.stop();
        for (int slot = 0; slot < table.highWater(); slot++) {
            if (table.isUsed(slot) && table.status(slot) != FlowStatus.ENDED) {
                table.remove(slot);
            }
        }
        carried = 0;
    }

    void onAssign(int from, Assign message, FlowDelivery delivery, long nowNs) {
        Ownership ownership = message.flow().ownership();
        if (!isValid(from, message, nowNs)) {
            counters.add(FlowCounter.VOID_ASSIGNMENTS);
            refuse(from, message, Refusal.VOID);
            return;
        }
        int slot = table.findId(message.flow().id());
        if (slot >= 0 && table.status(slot) == FlowStatus.ENDED) {
            refuse(from, message, Refusal.VOID);
            return;
        }
        if (slot >= 0) {
            table.update(slot, message.flow(), FlowStatus.OWNED);
        } else {
            slot = accept(message.flow(), nowNs);
        }
        if (slot < 0) {
            refuse(from, message, Refusal.TABLE_FULL);
            return;
        }
        link.control(from, new Assigned(message.epoch(), message.flow().id(), ownership.generation()));
        if (message.frame().byteSize() > 0) {
            DataFrame frame = new DataFrame().wrap(message.network(), message.frame(), 0, (int)
                    message.frame().byteSize());
            delivery.forward(frame, nowNs);
        }
    }

    void onRelease(int from, Release message) {
        int slot = ownedUnder(from, message.epoch(), message.id(), message.generation());
        if (slot < 0) {
            return;
        }
        ConnectionState state = table.state(slot);
        carried--;
        source.released(slot);
        link.control(from, new Released(message.epoch(), message.id(), message.generation(), state));
    }

    void onEnd(int from, End message) {
        int slot = ownedUnder(from, message.epoch(), message.id(), message.generation());
        if (slot >= 0) {
            end(slot);
        }
    }

    /// The master has the report up to `sequence`, or does not have it and asks for another.
    void onAck(long ofEpoch, long ofStream, long sequence) {
        if (sequence != FlowMessage.UNWANTED) {
            report.onAck(ofEpoch, ofStream, sequence);
        } else if (report.isOf(ofEpoch, ofStream)) {
            startReport();
        }
    }

    /// The flow is over; the master is told.
    void end(int slot) {
        carried--;
        source.ended(slot);
    }

    /// A next hop has another MAC address.
    void onNextHop(int network, long oldMac, long newMac) {
        NextHops.replace(table, network, oldMac, newMac, _ -> {});
    }

    /// Ends idle flows and reports.
    void doWork(long nowNs) {
        int slots = table.highWater();
        long budget = sweptNs == 0 ? 0 : (nowNs - sweptNs) * slots / SWEEP_NS;
        if (budget > 0 || sweptNs == 0) {
            sweptNs = nowNs;
        }
        for (long i = Math.min(budget, slots); i > 0; i--) {
            sweepSlot = sweepSlot + 1 < slots ? sweepSlot + 1 : 0;
            if (table.isUsed(sweepSlot)
                    && table.status(sweepSlot) == FlowStatus.OWNED
                    && nowNs - table.lastSeenNs(sweepSlot)
                            > table.state(sweepSlot).idleNs()) {
                end(sweepSlot);
            }
        }
        handover.doWork(nowNs);
        if (handover.isOver()) {
            report.doWork(nowNs);
        }
    }

    private boolean isValid(int from, Assign message, long nowNs) {
        Ownership ownership = message.flow().ownership();
        return message.epoch() == view.epoch()
                && from == view.master()
                && ownership.owner() == view.self()
                && ownership.boot() == boot
                && ownership.lapse() == view.lapse()
                && view.lapse() == lapse
                && message.stream() == report.stream()
                && report.target() == from
                && view.memberServing(nowNs);
    }

    private int accept(FlowRecord flow, long nowNs) {
        evict(flow.forward());
        evict(flow.reverse());
        int slot = table.insert(flow, FlowStatus.OWNED, nowNs);
        if (slot >= 0) {
            carried++;
            source.opened(slot);
        }
        return slot;
    }

    /// The master knows what a key stands for: an older flow with it is over.
    private void evict(DirectionKey key) {
        int found = table.find(key.addresses(), key.ports());
        if (found >= 0) {
            end(found >> 1);
        }
    }

    private int ownedUnder(int from, long ofEpoch, long id, long generation) {
        int slot = table.findId(id);
        boolean current = from == view.master()
                && ofEpoch == view.epoch()
                && slot >= 0
                && table.status(slot) == FlowStatus.OWNED
                && table.ownership(slot).generation() == generation;
        if (!current) {
            counters.add(FlowCounter.STALE_MESSAGES);
        }
        return current ? slot : FlowTable.NONE;
    }

    private void refuse(int to, Assign message, Refusal reason) {
        link.control(
                to,
                new Refused(
                        message.epoch(),
                        message.flow().id(),
                        message.flow().ownership().generation(),
                        reason));
    }

    @Override
    public String toString() {
        return report.toString();
    }
}
