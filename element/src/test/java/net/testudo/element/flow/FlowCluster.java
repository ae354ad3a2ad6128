package net.testudo.element.flow;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.Protocol;
import net.testudo.element.net.ProtocolVersions;

/// Devices with flow functions under a cluster that keeps its promises: leases, epochs, suspensions and sessions follow
/// the rules of the real one, at moments chosen by a seed. After every step the invariants are checked.
final class FlowCluster {
    static final long MS = 1_000_000L;
    private static final long LEASE = 25 * MS;
    private static final int SERVER = 0xc000_0201;
    private static final int NAT = 0x0a00_0001;

    final Random random;
    final Device[] devices;
    final Map<Long, DirectionKey> mappings = new LinkedHashMap<>();
    final Set<Long> ended = new HashSet<>();
    int delivered;
    long now = -5_000_000_000L;
    long epoch;
    int master;
    private long masterBoot;
    DeviceSet suspended = DeviceSet.NONE;
    DeviceSet standby = DeviceSet.NONE;
    /// Devices that the others take for former members.
    DeviceSet former = DeviceSet.NONE;
    /// Devices of whose boot no status message was heard yet.
    DeviceSet unheard = DeviceSet.NONE;
    /// Devices at which bulk messages arrive and are not handled until they are well again.
    DeviceSet hung = DeviceSet.NONE;
    /// Devices at which bulk messages arrive and are lost.
    DeviceSet forgetful = DeviceSet.NONE;
    private final IntFunction<SyncClasses> classes;
    private int nextClient = 1;

    FlowCluster(long seed, int count) {
        this(seed, count, _ -> SyncClasses.NONE);
    }

    FlowCluster(long seed, int count, IntFunction<SyncClasses> classes) {
        random = new Random(seed);
        this.classes = classes;
        devices = new Device[count + 1];
        for (int i = 1; i <= count; i++) {
            devices[i] = new Device(i);
        }
    }

    /// One device: its process, its lease, its queues.
    final class Device implements ServingView, FlowTransport, FlowDelivery, FlowObserver {
        final int number;
        boolean up;
        long boot;
        long lapse;
        long leaseEnd = Long.MIN_VALUE / 2;
        boolean starved;
        long followedEpoch;
        int followedMaster;
        int followedBackup;
        FlowNode node;
        final Map<Long, Integer> portsInUse = new LinkedHashMap<>();
        final Set<Integer> portsTouched = new HashSet<>();
        final Map<Integer, ArrayDeque<byte[]>> controlTo = new LinkedHashMap<>();
        final Map<Integer, ArrayDeque<byte[]>> bulkTo = new LinkedHashMap<>();
        /// The device to which the last frame was relayed.
        int relayedTo;
        final List<Runnable> unhandled = new ArrayList<>();
        /// From its next start on.
        FlowLimits limits = FlowLimits.SMALL;
        final long[] sessionBoot = new long[64];
        final long[] sessionLapse = new long[64];

        Device(int number) {
            this.number = number;
            node = newNode();
        }

        private FlowNode newNode() {
            return new FlowNode(
                    new FlowNode.Surroundings(this, this, this, this, classes.apply(number)),
                    limits,
                    boot,
                    random.nextLong());
        }

        /// It handles what it did not handle.
        void recover() {
            hung = hung.without(number);
            List.copyOf(unhandled).forEach(Runnable::run);
            unhandled.clear();
        }

        void start() {
            up = true;
            unhandled.clear();
            boot++;
            lapse++;
            leaseEnd = now - 1;
            followedEpoch = 0;
            followedMaster = 0;
            portsInUse.clear();
            controlTo.clear();
            bulkTo.clear();
            node = newNode();
        }

        boolean leased() {
            return up && now < leaseEnd;
        }

        @Override
        public int self() {
            return number;
        }

        @Override
        public int master() {
            return followedMaster;
        }

        @Override
        public int backup() {
            return followedBackup;
        }

        @Override
        public long epoch() {
            return followedEpoch;
        }

        @Override
        public boolean masterServing(long nowNs) {
            return leased() && followedMaster == number && followedEpoch == FlowCluster.this.epoch;
        }

        @Override
        public long masterLeaseEndNs() {
            return leaseEnd;
        }

        @Override
        public long masterLeaseNs() {
            return LEASE;
        }

        @Override
        public boolean memberServing(long nowNs) {
            return leased();
        }

        @Override
        public long lapse() {
            return lapse;
        }

        @Override
        public long lapseOf(int device) {
            return sessionBoot[device] == 0 ? -1 : sessionLapse[device];
        }

        @Override
        public long bootOf(int device) {
            return unheard.contains(device) ? 0 : sessionBoot[device];
        }

        @Override
        public DeviceSet assignable() {
            DeviceSet set = DeviceSet.NONE.with(number);
            for (int d = 1; d < devices.length; d++) {
                set = sessionBoot[d] != 0 && !suspended.contains(d) ? set.with(d) : set;
            }
            return set.minus(standby);
        }

        @Override
        public DeviceSet standby() {
            return standby;
        }

        @Override
        public DeviceSet members() {
            DeviceSet set = DeviceSet.NONE;
            for (int d = 1; d < devices.length; d++) {
                set = suspended.contains(d) ? set : set.with(d);
            }
            return set.or(suspended.minus(released()));
        }

        @Override
        public DeviceSet released() {
            DeviceSet set = former;
            for (int d = suspended.first(); d != 0; d = suspended.next(d)) {
                set = devices[d].leaseEnd < now ? set.with(d) : set;
            }
            return set;
        }

        @Override
        public int version(int device) {
            return ProtocolVersions.NEWEST;
        }

        @Override
        public boolean control(int device, byte[] message) {
            return send(controlTo, device, message, 40);
        }

        @Override
        public boolean bulk(int device, byte[] message) {
            return send(bulkTo, device, message, 8);
        }

        private boolean send(Map<Integer, ArrayDeque<byte[]>> queues, int device, byte[] message, int limit) {
            ArrayDeque<byte[]> queue = queues.computeIfAbsent(device, _ -> new ArrayDeque<>());
            return sessionBoot[device] != 0 && queue.size() < limit && queue.add(message);
        }

        @Override
        public boolean isDelivered(int device) {
            ArrayDeque<byte[]> queue = bulkTo.get(device);
            return queue == null || queue.isEmpty();
        }

        @Override
        public long retransmissions(int device) {
            return 0;
        }

        @Override
        public boolean relay(int device, int network, MemorySegment buffer, long offset, int length) {
            relayedTo = device;
            return sessionBoot[device] != 0;
        }

        @Override
        public void forward(DataFrame frame, long nowNs) {
            delivered++;
        }

        @Override
        public void resume(DataFrame frame, long nowNs) {
            delivered++;
        }

        @Override
        public boolean isAllowed(FlowRecord flow) {
            return true;
        }

        @Override
        public void onMaster(boolean leads) {
            portsInUse.clear();
            portsTouched.clear();
        }

        @Override
        public void onFlow(FlowRecord flow) {
            portsInUse.put(flow.id(), flow.reverse().key().destinationPort());
            portsTouched.add(flow.reverse().key().destinationPort());
        }

        @Override
        public boolean isFree(FlowRecord flow) {
            return !portsTouched.contains(flow.reverse().key().destinationPort());
        }

        @Override
        public void onFlowEnded(FlowRecord flow, long nowNs) {
            portsInUse.remove(flow.id());
        }
    }

    /// Everything starts, and device 1 leads.
    void form() {
        for (int d = 1; d < devices.length; d++) {
            devices[d].start();
        }
        connectAll();
        renewAll();
        lead(1);
        settle();
    }

    /// A new epoch under `device`; the others follow later. A restarted master never resumes its epoch.
    void lead(int device) {
        epoch++;
        master = device;
        masterBoot = devices[device].boot;
        follow(devices[device]);
    }

    void follow(Device device) {
        if (device.number == master && device.boot != masterBoot) {
            lead(master);
            return;
        }
        device.followedEpoch = epoch;
        device.followedMaster = master;
        device.followedBackup = backup();
    }

    int backup() {
        for (int d = 1; d < devices.length; d++) {
            boolean silent =
                    devices[master].up && devices[master].node.silentBackups().contains(d);
            if (d != master && devices[d].up && !suspended.contains(d) && !silent) {
                return d;
            }
        }
        return 0;
    }

    void renewAll() {
        for (int d = 1; d < devices.length; d++) {
            Device device = devices[d];
            if (device.up && !device.starved && !suspended.contains(d)) {
                if (device.leaseEnd <= now) {
                    device.lapse++;
                }
                device.leaseEnd = now + LEASE;
            }
        }
    }

    /// The two have a new session, if both are up.
    void connect(int a, int b) {
        disconnect(a, b);
        Device one = devices[a];
        Device two = devices[b];
        if (one.up && two.up) {
            one.sessionBoot[b] = two.boot;
            one.sessionLapse[b] = two.lapse;
            two.sessionBoot[a] = one.boot;
            two.sessionLapse[a] = one.lapse;
            one.node.onSession(b, now);
            two.node.onSession(a, now);
        }
    }

    void disconnect(int a, int b) {
        for (int[] pair : new int[][] {{a, b}, {b, a}}) {
            Device device = devices[pair[0]];
            device.controlTo.remove(pair[1]);
            device.bulkTo.remove(pair[1]);
            if (device.sessionBoot[pair[1]] != 0) {
                device.sessionBoot[pair[1]] = 0;
                if (device.up) {
                    device.node.onSessionLost(pair[1], now);
                }
            }
        }
    }

    void connectAll() {
        for (int a = 1; a < devices.length; a++) {
            for (int b = a + 1; b < devices.length; b++) {
                connect(a, b);
            }
        }
    }

    void crash(int d) {
        devices[d].up = false;
        for (int other = 1; other < devices.length; other++) {
            if (other != d) {
                disconnect(d, other);
            }
        }
    }

    /// The device announces its lapse count to whom it has a session with.
    void announce(int d) {
        for (int other = 1; other < devices.length; other++) {
            if (other != d && devices[d].up && devices[other].sessionBoot[d] == devices[d].boot) {
                devices[other].sessionLapse[d] = devices[d].lapse;
            }
        }
    }

    /// Delivers the first message of one queue.
    ///
    /// @return whether there was one
    boolean deliver(int from, int to, boolean bulk) {
        ArrayDeque<byte[]> queue = (bulk ? devices[from].bulkTo : devices[from].controlTo).get(to);
        if (queue == null || queue.isEmpty() || !devices[to].up) {
            return false;
        }
        byte[] message = queue.poll();
        FlowNode node = devices[to].node;
        Runnable handle = bulk ? () -> node.onBulk(from, message, now) : () -> node.onControl(from, message, now);
        if (bulk && hung.contains(to)) {
            devices[to].unhandled.add(handle);
        } else if (!bulk || !forgetful.contains(to)) {
            handle.run();
        }
        check();
        return true;
    }

    boolean deliverAll() {
        boolean any = false;
        for (int from = 1; from < devices.length; from++) {
            for (int to = 1; to < devices.length; to++) {
                while (deliver(from, to, false) || deliver(from, to, true)) {
                    any = true;
                }
            }
        }
        return any;
    }

    void work(int d) {
        if (devices[d].up) {
            devices[d].node.doWork(now);
            check();
        }
    }

    /// A healthy time: leases renewed, everything delivered, until nothing moves.
    void settle() {
        for (int turn = 0; turn < 60; turn++) {
            now += MS;
            renewAll();
            for (int d = 1; d < devices.length; d++) {
                if (devices[d].up) {
                    follow(devices[d]);
                    announce(d);
                    work(d);
                }
            }
            deliverAll();
        }
    }

    /// A client opens a flow with a translated port, if the master can assign one.
    ///
    /// @return its id, or 0
    long open() {
        Device device = devices[master];
        if (!device.up || !device.masterServing(now)) {
            return 0;
        }
        device.node.observeFrame(now);
        int owner = device.node.master().choose(now);
        if (owner == 0) {
            return 0;
        }
        int port = 1024;
        while (device.portsInUse.containsValue(port)) {
            port++;
        }
        DirectionKey forward = key(0, nextClient++, 1000, SERVER, 53);
        DirectionKey reverse = key(1, SERVER, 53, NAT, port);
        long id = device.node.master().nextId();
        FlowRecord flow = new FlowRecord(
                id, forward, reverse, 1, 2, ConnectionState.UDP_ONE_WAY, FlowRecord.SOURCE_NAT, Ownership.NONE);
        DataFrame frame = new DataFrame().wrap(0, MemorySegment.ofArray(new byte[60]), 0, 60);
        boolean opened = device.node.master().open(flow, owner, frame, now);
        device.node.doWork(now);
        check();
        return opened ? id : 0;
    }

    private static DirectionKey key(int network, int source, int sourcePort, int destination, int port) {
        return DirectionKey.of(network, FlowKey.of(Protocol.UDP, source, destination, FlowKey.ports(sourcePort, port)));
    }

    /// The owner of a flow sees its end.
    void endAt(int d) {
        if (devices[d].up && devices[d].leased()) {
            devices[d].node.observeFrame(now);
            FlowTable table = devices[d].node.owner().table();
            for (int slot = 0; slot < table.highWater(); slot++) {
                if (table.isUsed(slot) && table.status(slot) == FlowStatus.OWNED) {
                    ended.add(table.id(slot));
                    devices[d].node.owner().end(slot);
                    return;
                }
            }
        }
    }

    /// See [FlowInvariants].
    void check() {
        FlowInvariants.check(this);
    }
}
