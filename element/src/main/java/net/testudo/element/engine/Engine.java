package net.testudo.element.engine;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.testudo.element.cluster.ClusterNode;
import net.testudo.element.cluster.Effect;
import net.testudo.element.cluster.Effects;
import net.testudo.element.cluster.Event;
import net.testudo.element.cluster.SnapshotBuilder;
import net.testudo.element.cluster.StartImage;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.flow.FlowNode;
import net.testudo.element.flow.FlowOwner;
import net.testudo.element.flow.FlowTable;
import net.testudo.element.link.ClusterLink;
import net.testudo.element.link.LinkIdentity;
import net.testudo.element.link.LinkListener;
import net.testudo.element.link.PathPorts;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.Request;
import net.testudo.element.net.MacAddress;
import net.testudo.element.net.MemberVersions;
import net.testudo.element.port.DataPort;
import net.testudo.element.port.FrameSink;
import net.testudo.element.port.PacketPort;
import net.testudo.element.port.StateStore;
import net.testudo.element.resource.PortLeases;
import net.testudo.element.wire.cluster.ControlMessage;
import net.testudo.element.wire.cluster.DiscoveryMessage;
import net.testudo.element.wire.cluster.InspectionMessage;
import net.testudo.element.wire.cluster.JoinMessage;
import net.testudo.element.wire.cluster.StatusMessage;
import org.jspecify.annotations.Nullable;

/// One device's duty cycle: polls the ports, steps the state machines, executes their effects.
///
/// The same engine runs in the product, in the simulator and in benchmarks. Not thread-safe: one thread owns it.
public final class Engine {
    private static final int FRAME_BATCH = 256;
    private static final int REQUEST_BATCH = 8;
    private static final long PUBLISH_NS = 100_000_000L;
    /// Inside the element time begins here at the start of the process, so that "long before" needs no care.
    private static final long START_NS = 1_000_000_000_000_000L;
    private static final long ANNOUNCE_NS = 100_000_000L;
    private static final Event TIME_PASSED = new Event.TimePassed();

    private final EngineContext context;
    private final ClusterNode node;
    private final ClusterLink link;
    private final DataPlane dataPlane;
    private final WitnessProber witnesses;
    private final SnapshotBuilder snapshots;
    private final TurnLateness lateness;
    private final Effects effects = new Effects();
    private final List<PacketPort> ports = new ArrayList<>();
    /// Where the frames of each port go, and those of the local port.
    private final List<FrameSink> sinks = new ArrayList<>();
    private final FrameSink localSink;
    private final StateStore.Completion completion = new Written();
    private final WitnessProber.AnswerSink answers =
            (witness, sentNs) -> step(new Event.WitnessAnswered(witness, sentNs));
    private final long originNs;
    private final long processBootId;
    private long nowNs;
    private long publishedNs;
    private long announcedNs;
    private boolean started;
    private boolean carrier = true;
    private Capacity capacity = Capacity.UNKNOWN;
    private boolean changed = true;
    private boolean announced;
    private boolean more;
    private long dueNs;
    /// Writes that the store reported in this turn.
    private int written;

    /// @param image what [StateStore#persist] last made durable, or null at the first start
    /// @param startNs the time of the start
    public Engine(EngineContext context, byte @Nullable [] image, long startNs) {
        this(context, StartImage.of(image), startNs);
    }

    /// @param image what the device starts from
    /// @param startNs the time of the start
    public Engine(EngineContext context, StartImage image, long startNs) {
        this.context = context;
        this.originNs = startNs - START_NS;
        this.nowNs = START_NS;
        this.dueNs = START_NS;
        this.publishedNs = nowNs - PUBLISH_NS;
        this.announcedNs = nowNs - ANNOUNCE_NS;
        byte[] seed = new byte[8];
        context.entropy().fill(seed);
        SplittableRandom random = new SplittableRandom(ByteBuffer.wrap(seed).getLong());
        node = new ClusterNode(context.identity(), context.timing(), image, random, context.entropy(), nowNs);
        processBootId = node.bootId();
        ports.add(context.clusterPort());
        for (DataPort port : context.dataPorts()) {
            ports.add(port.port());
        }
        for (int path = 0; path < ports.size(); path++) {
            sinks.add(sink(path));
        }
        LinkIdentity identity = new LinkIdentity(
                context.identity().serial(),
                node.bootId(),
                context.joinKey(),
                context.certificates(),
                context.entropy(),
                context.identity().versions());
        link = new ClusterLink(new PathPorts(ports), identity, context.timing().statusNs(), new Inbound());
        dataPlane = new DataPlane(context, node, link, random.nextLong(), nowNs);
        localSink = dataPlane::onLocalFrame;
        witnesses = new WitnessProber(context.dataPorts(), context.timing().pairLeaseNs());
        snapshots = new SnapshotBuilder(node, originNs);
        lateness = new TurnLateness(nowNs);
        node.start(effects);
        execute();
    }

    /// One turn: a bounded batch from each port and queue, then what is due.
    ///
    /// @return how many frames, requests and deadlines were handled; 0 if there was nothing to do
    public int doWork(long atNs) {
        nowNs = atNs - originNs;
        lateness.begin(nowNs);
        node.setWallClock(context.wallClock().millis(), context.clock().systemClock());
        dataPlane.begin(nowNs);
        step(TIME_PASSED);
        more = false;
        int work = pollStore();
        work += pollFrames();
        work += pollLocal();
        work += pollRequests();
        pollCarrier();
        pollCapacity();
        pollVersions();
        announceAtStart();
        if (work > 0) {
            step(TIME_PASSED);
        }
        dataPlane.doWork();
        int sent = link.doWork(nowNs);
        more |= sent > 0;
        work += sent;
        publish(work > 0);
        flush();
        dueNs = Math.min(link.nextDeadlineNs(nowNs), node.nextDeadlineNs(nowNs));
        if (!more) {
            lateness.idleUntil(dueNs);
        }
        return work;
    }

    /// Whether the last turn left something waiting: a batch was full, or the link may have more to send. Frames beyond
    /// a full batch are polled in the next turn, so that no port waits for another.
    public boolean hasMore() {
        return more;
    }

    private void flush() {
        for (int path = 0; path < ports.size(); path++) {
            ports.get(path).flush();
        }
        PacketPort local = context.localPort();
        if (local != null) {
            local.flush();
        }
    }

    private int pollStore() {
        written = 0;
        context.store().poll(completion);
        return written;
    }

    private final class Written implements StateStore.Completion {
        @Override
        public void onPersisted(long ticket) {
            started = true;
            written++;
            step(new Event.Persisted(ticket));
        }

        @Override
        public void onFailed(long ticket, String reason) {
            written++;
            step(new Event.PersistFailed(ticket, reason));
        }
    }

    private int pollFrames() {
        int work = 0;
        for (int path = 0; path < ports.size(); path++) {
            int polled = ports.get(path).poll(sinks.get(path), FRAME_BATCH);
            more |= polled == FRAME_BATCH;
            work += polled;
        }
        return work;
    }

    private int pollLocal() {
        PacketPort local = context.localPort();
        int polled = local == null ? 0 : local.poll(localSink, FRAME_BATCH);
        more |= polled == FRAME_BATCH;
        return polled;
    }

    private FrameSink sink(int path) {
        PacketPort port = ports.get(path);
        return (buffer, offset, length) -> onFrame(path, port, buffer, offset, length);
    }

    private void onFrame(int path, PacketPort port, MemorySegment buffer, long offset, int length) {
        if (ClusterLink.isClusterFrame(buffer, offset, length)) {
            if (started) {
                link.onFrame(path, buffer, offset, length, nowNs);
            }
        } else if (path > 0) {
            if (!witnesses.onFrame(port, buffer, offset, length, answers)) {
                dataPlane.onFrame(path - 1, buffer, offset, length);
            }
        }
    }

    private int pollRequests() {
        int work = 0;
        while (work < REQUEST_BATCH) {
            Request request = context.management().poll();
            if (request == null) {
                break;
            }
            work++;
            step(new Event.RequestReceived(request));
        }
        more |= work == REQUEST_BATCH;
        return work;
    }

    private void pollCarrier() {
        boolean all = true;
        for (int path = 1; path < ports.size(); path++) {
            all &= ports.get(path).carrier();
        }
        if (all != carrier) {
            carrier = all;
            step(new Event.CarrierChanged(all));
        }
    }

    private void pollCapacity() {
        Capacity measured = context.capacity().capacity();
        if (!measured.equals(capacity)) {
            capacity = measured;
            step(new Event.CapacityMeasured(measured));
        }
    }

    private void pollVersions() {
        MemberVersions learnt = link.takeVersions();
        if (learnt != null) {
            step(new Event.VersionsLearnt(learnt));
        }
    }

    /// A device says once by itself that it is there; from then on it answers queries (DSC-11).
    private void announceAtStart() {
        if (started && !announced) {
            announce();
        }
    }

    private void announce() {
        announcedNs = nowNs;
        announced = true;
        link.sendDiscovery(new DiscoveryMessage.Announcement(context.identity(), processBootId, node.clusterId()));
    }

    private void step(Event event) {
        node.step(event, nowNs, effects);
        execute();
    }

    private void execute() {
        if (!effects.isEmpty()) {
            for (Effect effect : effects.drain()) {
                execute(effect);
            }
        }
    }

    private void execute(Effect effect) {
        switch (effect) {
            case Effect.PersistState e ->
                context.store().persist(e.ticket(), e.image().octets());
            case Effect.SendMessage e -> link.sendControl(e.device(), e.message());
            case Effect.SendStatus e -> link.sendStatus(e.status(), nowNs);
            case Effect.ProbeWitnesses e -> {
                ClusterConfig config = node.config();
                if (config != null) {
                    witnesses.probe(config, e.witnesses(), nowNs);
                }
            }
            case Effect.SendDiscovery _ ->
                link.sendDiscovery(new DiscoveryMessage.Query(context.identity().serial()));
            case Effect.OpenJoin e -> link.joins().open(e.serial(), e.joinKey(), nowNs);
            case Effect.SendJoin e -> link.joins().send(e.serial(), e.message());
            case Effect.ChangeIdentity e -> {
                link.changeIdentity(e.device(), e.clusterId(), e.privateKey(), e.bootId());
                dataPlane.reset();
                changed = true;
            }
            case Effect.TellInForce e -> tellInForce(e);
            case Effect.TellVerdicts e -> tellVerdicts(e);
            case Effect.TrustDevices e -> link.trust(e.publicKeys(), e.revoked());
            case Effect.ApplyAgain _ -> dataPlane.applyAgain();
            case Effect.DiscardBacklog _ -> {
                ports.forEach(PacketPort::discard);
                PacketPort local = context.localPort();
                if (local != null) {
                    local.discard();
                }
                dataPlane.onStall();
            }
            case Effect.Reply e -> context.management().answer(e.answer());
            case Effect.Notify e -> {
                changed = true;
                context.management().notify(e.event());
            }
        }
    }

    private void tellInForce(Effect.TellInForce effect) {
        ControlMessage.InForceReply reply = dataPlane.tellInForce(effect.request());
        if (effect.device() == node.self()) {
            step(new Event.InForceTold(reply));
        } else {
            link.sendControl(effect.device(), reply);
        }
    }

    private void tellVerdicts(Effect.TellVerdicts effect) {
        InspectionMessage.Finding finding = dataPlane.tellVerdicts(effect.inquiry());
        if (effect.device() == node.self()) {
            step(new Event.VerdictsTold(finding));
        } else {
            link.sendControl(effect.device(), new ControlMessage.Inspect(finding));
        }
    }

    private void publish(boolean worked) {
        boolean due = nowNs - publishedNs >= PUBLISH_NS;
        if (due || (changed && worked)) {
            publishedNs = nowNs;
            changed = false;
            context.management().publish(snapshot(nowNs + originNs));
        }
    }

    private final class Inbound implements LinkListener {
        @Override
        public void onStatus(StatusMessage status) {
            step(new Event.StatusReceived(status));
        }

        @Override
        public void onControl(int device, long bootId, ControlMessage message) {
            step(new Event.MessageReceived(device, bootId, message));
        }

        @Override
        public void onFlowControl(int device, byte[] message) {
            dataPlane.onControl(device, message);
        }

        @Override
        public void onFlowBulk(int device, byte[] message) {
            dataPlane.onBulk(device, message);
        }

        @Override
        public void onRelay(int device, int network, int reason, MemorySegment buffer, long offset, int length) {
            dataPlane.onRelay(device, network, buffer, offset, length);
        }

        @Override
        public void onSession(int device, long bootId) {
            dataPlane.onSession(device);
            changed = true;
        }

        @Override
        public void onRevoked(int device) {
            step(new Event.Revoked(device));
        }

        @Override
        public void onQuery() {
            if (nowNs - announcedNs >= ANNOUNCE_NS) {
                announce();
            }
        }

        @Override
        public void onAnnouncement(DiscoveryMessage.Announcement announcement, MacAddress mac) {
            step(new Event.DeviceHeard(announcement.identity(), mac, announcement.clusterId()));
        }

        @Override
        public void onJoinSession(String serial) {
            step(new Event.JoinSessionOpened(serial));
        }

        @Override
        public void onJoinFailed(String serial, String reason) {
            step(new Event.JoinSessionFailed(serial, reason));
        }

        @Override
        public void onJoinMessage(String serial, JoinMessage message) {
            step(new Event.JoinMessageReceived(serial, message));
        }
    }

    /// When [#doWork] has to be called at the latest if nothing arrives before.
    public long nextDeadlineNs() {
        return dueNs + originNs;
    }

    /// The current state.
    public ElementSnapshot snapshot(long atNs) {
        Map<String, Long> counters = new TreeMap<>();
        link.addTo(counters);
        dataPlane.addTo(counters);
        FlowNode flows = dataPlane.path().node();
        lateness.addTo(counters);
        SnapshotBuilder.RunTime runTime = new SnapshotBuilder.RunTime(
                dataPlane.flows(), flows.inSync(), flows.reported(), flows.backupSync(atNs - originNs));
        return snapshots.build(atNs - originNs, runTime, context.identity().softwareVersion(), counters);
    }

    /// What a reader finds as the configuration.
    ///
    /// @param clusterId UUID of the cluster, empty if the device is in none
    /// @param revision number of the newest decided revision, 0 if there is none
    /// @param content of it
    public record Decided(String clusterId, long revision, Content content) {}

    /// The newest decided revision that this device knows; a small part of [#snapshot].
    public Decided decided() {
        return new Decided(node.clusterId(), node.revision(), node.content());
    }

    /// The flows this device may forward packets of at this moment, for reading; null if it may not forward any.
    public @Nullable FlowTable carriedFlows(long atNs) {
        FlowOwner owner = dataPlane.path().node().owner();
        return owner.isServing(atNs - originNs) ? owner.table() : null;
    }

    /// The leases of translated ports, for reading; null unless this device serves as master and may assign flows.
    public @Nullable PortLeases portLeases(long atNs) {
        boolean leads = masterServing(atNs) && dataPlane.path().node().master().isSettled();
        return leads ? dataPlane.path().leases() : null;
    }

    /// Whether this device may answer for the cluster addresses at this moment: master, with a valid lease.
    public boolean masterServing(long atNs) {
        return node.masterServing(atNs - originNs);
    }

    /// Whether this device may forward frames of the flows it owns at this moment.
    public boolean memberServing(long atNs) {
        return node.memberServing(atNs - originNs);
    }
}
