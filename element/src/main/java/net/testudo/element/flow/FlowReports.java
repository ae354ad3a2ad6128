package net.testudo.element.flow;

import net.testudo.element.flow.FlowMessage.StreamKind;
import net.testudo.element.flow.FlowMessage.SyncAck;
import net.testudo.element.flow.FlowMessage.SyncBegin;
import net.testudo.element.flow.FlowMessage.SyncData;
import net.testudo.element.flow.FlowMessage.SyncEnd;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.OctetReader;

/// The owners' report streams at the master: what each device carries, under which of its incarnations.
final class FlowReports implements SyncSink {
    private final ServingView view;
    private final FlowLink link;
    private final FlowLedger ledger;
    private final FlowCounters counters;
    private final SyncReceiver receiver;
    private final SyncSender copy;
    private final long ownBoot;
    private final long[] boot = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] lapse = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] acknowledged = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] covered = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] cover = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] unheardStream = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] unheardBoot = new long[DeviceSet.DEVICE_MAX + 1];
    private DeviceSet askAgain = DeviceSet.NONE;
    /// Devices whose report was not taken or not kept, while their session stands: they do not know of it.
    private DeviceSet unheard = DeviceSet.NONE;

    FlowReports(FlowContext context, FlowLedger ledger, SyncSender copy) {
        view = context.view();
        link = context.link();
        counters = context.counters();
        ownBoot = context.boot();
        this.ledger = ledger;
        this.copy = copy;
        receiver = new SyncReceiver(SyncClasses.NONE, this, counters);
    }

    /// A new epoch: nobody has reported.
    void restart() {
        receiver.reset();
        askAgain = DeviceSet.NONE;
        unheard = DeviceSet.NONE;
    }

    /// The session with `device` ended: it reports anew by itself.
    void close(int device) {
        receiver.close(device);
        unheard = unheard.without(device);
    }

    /// What `device` told is over; it is asked to report anew once it may carry flows again.
    void release(int device) {
        if (receiver.open().contains(device)) {
            receiver.close(device);
            unhear(device, boot[device], receiver.stream(device));
        }
    }

    private void unhear(int device, long ofBoot, long stream) {
        unheard = unheard.with(device);
        unheardBoot[device] = ofBoot;
        unheardStream[device] = stream;
    }

    /// Devices whose report is complete.
    DeviceSet complete() {
        return receiver.complete();
    }

    /// Devices whose report is complete and of their present incarnation: they may be given flows.
    DeviceSet eligible() {
        DeviceSet eligible = receiver.complete();
        for (int device = eligible.first(); device != 0; device = eligible.next(device)) {
            boolean current = device == view.self()
                    ? lapse[device] == view.lapse()
                    : boot[device] == view.bootOf(device) && lapse[device] == view.lapseOf(device);
            if (!current) {
                eligible = eligible.without(device);
            }
        }
        return eligible;
    }

    long boot(int device) {
        return boot[device];
    }

    long lapse(int device) {
        return lapse[device];
    }

    long stream(int device) {
        return receiver.stream(device);
    }

    void onBegin(int from, SyncBegin message) {
        if (message.boot() != knownBoot(from)) {
            counters.add(FlowCounter.STALE_MESSAGES);
            unhear(from, message.boot(), message.stream());
            return;
        }
        unheard = unheard.without(from);
        boot[from] = message.boot();
        lapse[from] = message.lapse();
        acknowledged[from] = 0;
        covered[from] = 0;
        cover[from] = 0;
        receiver.onBegin(from, message);
    }

    private long knownBoot(int device) {
        return device == view.self() ? ownBoot : view.bootOf(device);
    }

    void onData(int from, SyncData message, long nowNs) {
        receiver.onData(from, message, nowNs);
    }

    void onEnd(int from, SyncEnd message, long nowNs) {
        receiver.onEnd(from, message, nowNs);
    }

    /// Acknowledges what the backup has too, and repeats what could not be sent.
    void doWork(long epoch) {
        DeviceSet open = receiver.open();
        for (int device = open.first(); device != 0; device = open.next(device)) {
            acknowledge(device, epoch);
        }
        if (!unheard.isEmpty()) {
            askUnheard(epoch);
        }
        if (!askAgain.isEmpty()) {
            DeviceSet devices = askAgain;
            askAgain = DeviceSet.NONE;
            for (int slot = 0; slot < ledger.table().highWater(); slot++) {
                if (ledger.table().isUsed(slot)
                        && devices.contains(ledger.table().owner(slot))) {
                    ask(slot, epoch);
                }
            }
        }
    }

    /// Asks for a new report whoever's report would be taken now.
    private void askUnheard(long epoch) {
        DeviceSet devices = unheard.and(view.members()).minus(view.released());
        for (int device = devices.first(); device != 0; device = devices.next(device)) {
            if (unheardBoot[device] != knownBoot(device)) {
                continue;
            }
            SyncAck refusal = new SyncAck(StreamKind.REPORT, epoch, unheardStream[device], FlowMessage.UNWANTED);
            if (link.control(device, refusal)) {
                unheard = unheard.without(device);
            }
        }
    }

    private void acknowledge(int device, long epoch) {
        if (!copy.isComplete()) {
            covered[device] = receiver.applied(device);
            cover[device] = 0;
        } else if (covered[device] == acknowledged[device] && copy.isDrained()) {
            covered[device] = receiver.applied(device);
            cover[device] = copy.sequence();
        }
        boolean copied = !copy.isComplete() || copy.acknowledged() >= cover[device];
        if (covered[device] > acknowledged[device] && copied) {
            SyncAck ack = new SyncAck(StreamKind.REPORT, epoch, receiver.stream(device), covered[device]);
            if (link.control(device, ack)) {
                acknowledged[device] = covered[device];
            }
        }
    }

    /// Asks the owner to give the flow back or to end it, as its status says.
    void ask(int slot, long epoch) {
        FlowTable table = ledger.table();
        int owner = table.owner(slot);
        long id = table.id(slot);
        long generation = table.ownership(slot).generation();
        boolean taken = switch (table.status(slot)) {
            case RELEASING -> link.control(owner, new FlowMessage.Release(epoch, id, generation));
            case ENDING -> link.control(owner, new FlowMessage.End(epoch, id, generation));
            case UNOWNED, ASSIGNING, OWNED, UNCERTAIN, ENDED -> true;
        };
        if (!taken) {
            askAgain = askAgain.with(owner);
        }
    }

    /// Whether the owner has told all that it carries, and this flow, which it has not lost since, was not among it.
    boolean isWithout(FlowRecord flow) {
        int owner = flow.ownership().owner();
        return receiver.complete().contains(owner) && !isPast(owner, flow.ownership());
    }

    /// Whether the device has since lost what it held under this ownership.
    private boolean isPast(int from, Ownership ownership) {
        long nowLapse = from == view.self() ? view.lapse() : view.lapseOf(from);
        return ownership.boot() != boot[from] || ownership.lapse() < nowLapse;
    }

    @Override
    public void begin(int from, long stream) {}

    @Override
    public Taken apply(int from, OctetReader record, long nowNs) {
        int kind = record.u8();
        if (kind == FlowSource.KIND_FLOW) {
            FlowRecord flow = FlowCodec.readFlow(record);
            if (flow == null || flow.ownership().owner() != from) {
                return Taken.MALFORMED;
            }
            if (isPast(from, flow.ownership())) {
                counters.add(FlowCounter.STALE_MESSAGES);
                return Taken.TAKEN;
            }
            if (!ledger.report(from, flow, receiver.stream(from), nowNs)) {
                link.control(
                        from,
                        new FlowMessage.End(
                                view.epoch(), flow.id(), flow.ownership().generation()));
            }
            return Taken.TAKEN;
        }
        FlowLedger.FlowRecordId id = new FlowLedger.FlowRecordId(record.i64(), record.i64(), record.i64());
        if (kind == FlowSource.KIND_STATE) {
            int state = record.u8();
            int flags = record.u8();
            if (!record.sound() || !ConnectionState.isCode(state)) {
                return Taken.MALFORMED;
            }
            ledger.state(from, id, ConnectionState.of(state), flags);
            return Taken.TAKEN;
        }
        if (kind != FlowSource.KIND_ENDED || !record.sound()) {
            return Taken.MALFORMED;
        }
        ledger.ended(from, id, nowNs);
        return Taken.TAKEN;
    }

    @Override
    public void complete(int from, long stream, long nowNs) {
        ledger.reported(from, stream);
        askAgain = askAgain.with(from);
    }
}
