package net.testudo.element.flow;

import java.util.Map;
import net.testudo.element.config.BackupSyncConfig;
import net.testudo.element.flow.FlowCodec.Malformed;
import net.testudo.element.flow.FlowCodec.Message;
import net.testudo.element.flow.FlowMessage.Assign;
import net.testudo.element.flow.FlowMessage.Assigned;
import net.testudo.element.flow.FlowMessage.End;
import net.testudo.element.flow.FlowMessage.NextHop;
import net.testudo.element.flow.FlowMessage.Refused;
import net.testudo.element.flow.FlowMessage.Release;
import net.testudo.element.flow.FlowMessage.Released;
import net.testudo.element.flow.FlowMessage.StreamKind;
import net.testudo.element.flow.FlowMessage.SyncAck;
import net.testudo.element.flow.FlowMessage.SyncBegin;
import net.testudo.element.flow.FlowMessage.SyncData;
import net.testudo.element.flow.FlowMessage.SyncEnd;
import net.testudo.element.management.BackupSync;
import net.testudo.element.net.DeviceSet;
import org.jspecify.annotations.Nullable;

/// The flow functions of one device: owner always, master or backup master when [ServingView] says so.
///
/// Changes of epoch, master, lapse and lease are seen by asking [ServingView] at the start of every call; sessions and
/// stalls have to be told, because they cannot be seen that way.
public final class FlowNode {
    private final ServingView view;
    private final FlowContext context;
    private final FlowLink link;
    private final FlowOwner owner;
    private final FlowMaster master;
    private final FlowReports reports;
    private final FlowBackup backup;
    private final SyncSender copy;
    private final BackupWatch watch;
    private final FlowHandover handover;
    private final FlowInheritance inheritance;
    private long copyEpoch;
    private long seenEpoch;
    private int seenMaster;
    private int seenSelf;

    /// What a node is given by its surroundings.
    ///
    /// @param view what the cluster knows
    /// @param transport to other devices
    /// @param delivery the data path
    /// @param observer who has to know the cluster's flows at the master
    /// @param classes further run-time data
    public record Surroundings(
            ServingView view,
            FlowTransport transport,
            FlowDelivery delivery,
            FlowObserver observer,
            SyncClasses classes) {}

    /// @param boot id of this process, not 0, as other devices see it in their session
    /// @param seed random
    public FlowNode(Surroundings surroundings, FlowLimits limits, long boot, long seed) {
        view = surroundings.view();
        FlowCounters counters = new FlowCounters();
        link = new FlowLink(surroundings.transport(), counters);
        context = new FlowContext(
                view,
                surroundings.transport(),
                link,
                surroundings.delivery(),
                surroundings.observer(),
                limits,
                counters,
                boot,
                seed);
        SyncClasses classes = surroundings.classes();
        FlowTable owned = new FlowTable(limits.flows(), seed);
        FlowLedger ledger = new FlowLedger(context, new FlowTable(limits.flows(), seed));
        copy = new SyncSender(StreamKind.COPY, link, classes, ledger.source());
        watch = new BackupWatch(context, copy);
        handover = new FlowHandover(context, classes, ledger.source());
        owner = new FlowOwner(context, owned, handover);
        reports = new FlowReports(context, ledger, copy);
        master = new FlowMaster(context, ledger, reports, copy);
        backup = new FlowBackup(context, ledger, classes);
        inheritance = new FlowInheritance(context, ledger, reports, classes);
    }

    /// The flows this device carries.
    public FlowOwner owner() {
        return owner;
    }

    /// The master's part.
    public FlowMaster master() {
        return master;
    }

    /// At the master: whether the backup master has all run-time data; at the backup master: whether it has.
    public boolean isCopyComplete() {
        return master.isActive() ? copy.isConfirmed() : backup.isComplete();
    }

    /// At the master: the backup master if it has the copy of all run-time data, else 0.
    public int copiedTo() {
        return master.isActive() && copy.isConfirmed() && copy.target() == view.backup() ? copy.target() : 0;
    }

    /// At the master: devices whose run-time data it has, the backup master only if it has the copy of all. Elsewhere
    /// all members, of which no more is known.
    public DeviceSet inSync() {
        if (!master.isActive()) {
            return view.members();
        }
        DeviceSet told = reports.eligible();
        int backup = view.backup();
        return backup == 0 || copy.isConfirmed() ? told : told.without(backup);
    }

    /// What is done from now on when the backup master does not acknowledge.
    public void configure(BackupSyncConfig config) {
        watch.configure(config);
    }

    /// At the master: devices that did not acknowledge as backup master, and are not to be it now.
    public DeviceSet silentBackups() {
        return watch.silent();
    }

    /// At the master: how far the backup master is.
    public BackupSync backupSync(long nowNs) {
        if (!master.isActive()) {
            return BackupSync.NONE;
        }
        int device = view.backup();
        boolean told = device != 0 && copy.target() == device;
        BackupSync.State state = device == 0
                ? BackupSync.State.NONE
                : watch.misses() > 0
                        ? BackupSync.State.LATE
                        : told && copy.isConfirmed() ? BackupSync.State.IN_SYNC : BackupSync.State.TRANSFERRING;
        long again = copy.repeated() + (device == 0 ? 0 : context.transport().retransmissions(device));
        return new BackupSync(device, state, watch.misses(), again, copy.states(nowNs));
    }

    /// At the master: devices that have told it all that they carry.
    public DeviceSet reported() {
        return master.isActive() ? reports.eligible() : DeviceSet.NONE;
    }

    /// Adds the counters and gauges to `target`, by name.
    public void addTo(Map<String, Long> target) {
        context.counters().addTo(target);
        target.put("flow.carried", (long) owner.carried());
        target.put("flow.known", (long) master.table().size());
    }

    /// Value of a counter.
    public long counter(FlowCounter counter) {
        return context.counters().get(counter);
    }

    /// A session with `device` begins.
    public void onSession(int device, long nowNs) {
        observe(nowNs);
        close(device);
        watch.onSession(device);
        if (device == view.master()) {
            owner.startReport();
        }
        if (device == view.backup() && master.isActive()) {
            copyEpoch = 0;
        }
        run(nowNs);
    }

    /// The session with `device` ended; nothing of it arrives any more.
    public void onSessionLost(int device, long nowNs) {
        observe(nowNs);
        close(device);
        if (device == view.master()) {
            owner.startReport();
        }
        if (device == copy.target()) {
            copy.stop();
        }
        run(nowNs);
    }

    /// The duty cycle came later than the lease: all that waits is out of date, all ownership is over.
    public void onStall(long nowNs) {
        owner.voidAll();
        owner.startReport();
        master.dropHeld();
        watch.restart(nowNs);
        run(nowNs);
    }

    /// A control message of `from`.
    public void onControl(int from, byte[] message, long nowNs) {
        receive(from, message, nowNs);
    }

    /// A bulk message of `from`.
    public void onBulk(int from, byte[] message, long nowNs) {
        receive(from, message, nowNs);
    }

    /// One turn: sees what changed, sends what is due. Call it after each batch of frames and messages, and at least
    /// every 10 ms while there are flows.
    public void doWork(long nowNs) {
        run(nowNs);
    }

    /// Sees what changed for this device; the data path calls it before each frame. What changed at others is seen with
    /// the next message or turn: until then frames for a device that is gone are lost, as on a wire.
    public void observeFrame(long nowNs) {
        boolean same = view.epoch() == seenEpoch
                && view.master() == seenMaster
                && view.self() == seenSelf
                && owner.isCurrent(nowNs);
        if (!same) {
            observe(nowNs);
        }
    }

    private void observe(long nowNs) {
        seenEpoch = view.epoch();
        seenMaster = view.master();
        seenSelf = view.self();
        link.setSelf(seenSelf);
        handover.observe();
        owner.observe(nowNs);
        master.observe();
        backup.observe(handover.isOver());
        feedBackup();
        inheritance.observe(master.isSettled(), nowNs);
        if (master.isSettled()) {
            handover.hold(copy.isConfirmed() ? copy.target() : 0);
        } else if (backup.isCurrent()) {
            handover.hold(view.master());
        }
    }

    /// The copy starts once the backup has reported in this epoch: only then does it follow this master for sure.
    private void feedBackup() {
        int target = master.isActive() ? view.backup() : 0;
        boolean same = target == copy.target() && copyEpoch == view.epoch();
        if (target == 0 || target == view.self() || view.bootOf(target) == 0) {
            copy.stop();
        } else if (!same && reports.complete().contains(target)) {
            copyEpoch = view.epoch();
            copy.restart(target, copyEpoch, context.boot(), view.lapse());
        } else if (!same) {
            copy.stop();
        }
    }

    private void run(long nowNs) {
        observe(nowNs);
        owner.doWork(nowNs);
        drainOwn(nowNs);
        inheritance.doWork(view.epoch(), nowNs);
        master.doWork(nowNs);
        drainOwn(nowNs);
        copy.doWork(nowNs);
        if (master.isActive()) {
            watch.doWork(nowNs);
        } else {
            watch.forget();
        }
        backup.doWork();
        link.doWork();
    }

    /// Handles what this device sent to itself.
    public void drainOwn(long nowNs) {
        for (FlowMessage message = link.pollOwn(); message != null; message = link.pollOwn()) {
            dispatch(view.self(), message, nowNs);
        }
    }

    private void close(int device) {
        link.drop(device);
        reports.close(device);
        backup.close(device);
        inheritance.close(device);
    }

    private void receive(int from, byte[] octets, long nowNs) {
        observe(nowNs);
        FlowMessage message = parse(octets, link.version(from));
        if (message != null) {
            dispatch(from, message, nowNs);
            drainOwn(nowNs);
        }
    }

    private @Nullable FlowMessage parse(byte[] octets, int version) {
        return switch (FlowCodec.parse(octets, version)) {
            case Message(FlowMessage message) -> message;
            case Malformed _ -> {
                context.counters().add(FlowCounter.MALFORMED_MESSAGES);
                yield null;
            }
        };
    }

    private void dispatch(int from, FlowMessage message, long nowNs) {
        if (message instanceof Assign assign) {
            owner.onAssign(from, assign, context.delivery(), nowNs);
            return;
        }
        boolean known = message.epoch() == view.epoch() && from != 0 && view.master() != 0;
        boolean toMaster = known && master.isActive();
        boolean fromMaster = known && from == view.master();
        switch (message) {
            case Assigned m when toMaster -> master.onAssigned(from, m, nowNs);
            case Refused m when toMaster -> master.onRefused(from, m, nowNs);
            case Released m when toMaster -> master.onReleased(from, m);
            case Release m when fromMaster -> owner.onRelease(from, m);
            case End m when fromMaster -> owner.onEnd(from, m);
            case NextHop m when fromMaster -> owner.onNextHop(m.network(), m.oldMac(), m.newMac());
            case SyncBegin m when m.kind() == StreamKind.REPORT && toMaster -> reports.onBegin(from, m);
            case SyncData m when m.kind() == StreamKind.REPORT && toMaster -> reports.onData(from, m, nowNs);
            case SyncEnd m when m.kind() == StreamKind.REPORT && toMaster -> reports.onEnd(from, m, nowNs);
            case SyncAck m
            when m.kind() == StreamKind.REPORT && fromMaster -> owner.onAck(m.epoch(), m.stream(), m.sequence());
            case SyncBegin m
            when m.kind() == StreamKind.HANDOVER && toMaster ->
                inheritance.onBegin(from, m, m.gathered() == handover.followedBefore());
            case SyncData m when m.kind() == StreamKind.HANDOVER && toMaster -> inheritance.onData(from, m, nowNs);
            case SyncEnd m when m.kind() == StreamKind.HANDOVER && toMaster -> inheritance.onEnd(from, m, nowNs);
            case SyncAck m when m.kind() == StreamKind.HANDOVER && fromMaster -> handover.onAck(m);
            case SyncBegin m when m.kind() == StreamKind.COPY && isCopy(fromMaster) -> backup.onBegin(from, m);
            case SyncData m when m.kind() == StreamKind.COPY && isCopy(fromMaster) -> backup.onData(from, m, nowNs);
            case SyncEnd m when m.kind() == StreamKind.COPY && isCopy(fromMaster) -> backup.onEnd(from, m, nowNs);
            case SyncBegin m
            when m.kind() == StreamKind.TRIAL && isCopy(fromMaster) ->
                link.control(from, new SyncAck(StreamKind.TRIAL, m.epoch(), m.stream(), 0));
            case SyncAck m when m.kind() == StreamKind.TRIAL && toMaster -> watch.onAnswer(from);
            case SyncAck m
            when m.kind() == StreamKind.COPY && toMaster -> copy.onAck(m.epoch(), m.stream(), m.sequence());
            default -> context.counters().add(FlowCounter.STALE_MESSAGES);
        }
    }

    private boolean isCopy(boolean fromMaster) {
        return fromMaster && !master.isActive();
    }

    /// Where the streams stand, for a person who looks for a fault.
    @Override
    public String toString() {
        return "device " + view.self() + ", epoch " + view.epoch() + ", master " + view.master() + ", backup "
                + view.backup() + ", carried " + owner.carried() + ", known "
                + master.table().size() + ", " + owner
                + ", " + copy + (master.isSettled() ? ", settled" : "");
    }
}
