package net.testudo.element.forwarding;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.flow.DataFrame;
import net.testudo.element.flow.FlowLimits;
import net.testudo.element.flow.FlowTransport;
import net.testudo.element.flow.ServingView;
import net.testudo.element.management.Content;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.wire.ArpFlyweight;
import net.testudo.element.wire.FrameFlyweight;

/// Three data paths, a healthy cluster around them, and what leaves their ports.
final class DataPathCluster {
    static final int OUTSIDE = 0;
    static final int INSIDE = 1;
    static final String CONFIGURATION = """
            /testudo-cluster:cluster/enabled = true
            /testudo-cluster:cluster/name = demo
            /testudo-cluster:cluster/cluster-port[.='clu']
            /testudo-cluster:cluster/data-network[name='outside']/address = 198.51.100.1/24
            /testudo-cluster:cluster/data-network[name='outside']/gateway = 198.51.100.254
            /testudo-cluster:cluster/data-network[name='inside']/address = 10.0.0.1/24
            /testudo-cluster:cluster/local-network = inside
            /testudo-policy:policy/rule[name='out']/from-network = inside
            /testudo-policy:policy/rule[name='out']/action = accept
            /testudo-policy:policy/rule[name='web']/from-network = outside
            /testudo-policy:policy/rule[name='web']/destination = 10.0.0.80
            /testudo-policy:policy/rule[name='web']/protocol = tcp
            /testudo-policy:policy/rule[name='web']/action = accept
            /testudo-policy:policy/source-nat[name='s1']/from-network = inside
            /testudo-policy:policy/source-nat[name='s1']/to-network = outside
            /testudo-policy:policy/source-nat[name='s1']/source = 10.0.0.0/25
            /testudo-policy:policy/source-nat[name='s1']/port-range = 20000..20999
            /testudo-policy:policy/source-nat[name='s1']/block-size = 16
            /testudo-policy:policy/destination-nat[name='d1']/network = outside
            /testudo-policy:policy/destination-nat[name='d1']/protocol = tcp
            /testudo-policy:policy/destination-nat[name='d1']/port-range = 8080..8099
            /testudo-policy:policy/destination-nat[name='d1']/to-address = 10.0.0.80
            /testudo-system:system/local-access[service='icmp']/network[.='inside']
            """;

    final Device[] devices = new Device[4];
    final ClusterConfig config;
    final List<Sent> sent = new ArrayList<>();
    final List<byte[]> local = new ArrayList<>();
    final List<String> arpReplies = new ArrayList<>();
    final long[] virtualMac = new long[2];
    long now = -1_000_000_000L;
    long epoch = 1;
    int master = 1;
    DeviceSet dead = DeviceSet.NONE;
    DeviceSet standby = DeviceSet.NONE;
    /// What leaves is counted only, so that a measurement sees nothing of this class.
    boolean quiet;

    int left;

    /// A frame on a data network.
    static final class Sent {
        private final int device;
        private final int network;
        private final byte[] octets;

        Sent(int device, int network, byte[] octets) {
            this.device = device;
            this.network = network;
            this.octets = octets;
        }

        int device() {
            return device;
        }

        int network() {
            return network;
        }

        byte[] octets() {
            return octets;
        }

        FrameFlyweight view() {
            return Packets.view(octets);
        }

        String text() {
            return Packets.text(octets);
        }
    }

    DataPathCluster() {
        config = parse(CONFIGURATION);
        for (int network = 0; network < 2; network++) {
            virtualMac[network] =
                    config.networks().get(network).mac("id", network).bits();
        }
        for (int d = 1; d <= 3; d++) {
            devices[d] = new Device(d);
            devices[d].path.configure(config, "id");
        }
        for (int d = 1; d <= 3; d++) {
            for (int other = 1; other <= 3; other++) {
                if (other != d) {
                    devices[d].path.node().onSession(other, now);
                }
            }
        }
        turn();
        sent.clear();
    }

    static ClusterConfig parse(String configuration) {
        return switch (ClusterConfig.parse(new Content(configuration, ""))) {
            case ClusterConfig.Valid valid -> valid.config();
            case ClusterConfig.Invalid invalid ->
                throw new AssertionError(invalid.faults().toString());
        };
    }

    static long hostMac(int last) {
        return 0x0600_0000_0000L + last;
    }

    final class Device implements ServingView, FlowTransport, FrameOut {
        final int number;
        final DataPath path;
        final List<ArrayDeque<byte[]>> messages = new ArrayList<>();
        boolean leased = true;
        long lapse = 1;
        private final MemorySegment onTheWire = MemorySegment.ofArray(new byte[9_216]);
        private final DataFrame relayed = new DataFrame();

        Device(int number) {
            this.number = number;
            for (int i = 0; i < 4; i++) {
                messages.add(new ArrayDeque<>());
            }
            path = new DataPath(
                    new DataPath.Surroundings(
                            this,
                            this,
                            this,
                            (network, address, target, _) ->
                                    arpReplies.add(network + " " + Integer.toHexString(address))),
                    FlowLimits.SMALL,
                    100 + number,
                    number,
                    now);
        }

        @Override
        public int self() {
            return number;
        }

        @Override
        public int master() {
            return master;
        }

        @Override
        public int backup() {
            return master == 1 ? 2 : 3;
        }

        @Override
        public long epoch() {
            return epoch;
        }

        @Override
        public boolean masterServing(long nowNs) {
            return leased && master == number;
        }

        @Override
        public long masterLeaseEndNs() {
            return Long.MAX_VALUE / 2;
        }

        @Override
        public long masterLeaseNs() {
            return 100_000_000L;
        }

        @Override
        public boolean memberServing(long nowNs) {
            return leased;
        }

        @Override
        public long lapse() {
            return lapse;
        }

        @Override
        public long lapseOf(int device) {
            return dead.contains(device) ? -1 : devices[device].lapse;
        }

        @Override
        public long bootOf(int device) {
            return dead.contains(device) || device == 0 || device > 3 ? 0 : 100 + device;
        }

        @Override
        public DeviceSet assignable() {
            return members().minus(standby);
        }

        @Override
        public DeviceSet standby() {
            return standby;
        }

        @Override
        public DeviceSet members() {
            return DeviceSet.of(1, 2, 3).minus(dead);
        }

        @Override
        public DeviceSet released() {
            return dead;
        }

        @Override
        public int version(int device) {
            return ProtocolVersions.NEWEST;
        }

        @Override
        public boolean control(int device, byte[] message) {
            return devices[device].messages.get(number).add(message);
        }

        @Override
        public boolean bulk(int device, byte[] message) {
            return devices[device].messages.get(number).add(message);
        }

        @Override
        public boolean isDelivered(int device) {
            return true;
        }

        @Override
        public long retransmissions(int device) {
            return 0;
        }

        @Override
        public boolean relay(int device, int network, MemorySegment buffer, long at, int length) {
            MemorySegment.copy(buffer, at, onTheWire, 0, length);
            devices[device].path.onRelay(number, relayed.wrap(network, onTheWire, 0, length), now);
            return true;
        }

        @Override
        public long mac(int network) {
            return 0x0200_0000_0000L + number * 16L + network;
        }

        @Override
        public long localMac() {
            return 0x0200_0000_00ffL;
        }

        @Override
        public boolean send(int network, MemorySegment buffer, long offset, int length) {
            left++;
            if (!quiet) {
                sent.add(
                        new Sent(number, network, buffer.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE)));
            }
            return true;
        }

        @Override
        public boolean sendLocal(MemorySegment buffer, long offset, int length) {
            local.add(buffer.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
            return true;
        }
    }

    DataPath path(int device) {
        return devices[device].path;
    }

    /// Delivers a host's frame to the master, as the switch does.
    void receive(int network, byte[] octets) {
        path(master).onFrame(network, MemorySegment.ofArray(octets.clone()), 0, octets.length, now);
    }

    /// Lets all devices work until nothing is under way.
    void turn() {
        for (int i = 0; i < 12; i++) {
            now += 1_000_000L;
            for (int d = 1; d <= 3; d++) {
                if (!dead.contains(d)) {
                    path(d).doWork(now);
                }
            }
            for (int to = 1; to <= 3; to++) {
                for (int from = 1; from <= 3; from++) {
                    ArrayDeque<byte[]> queue = devices[to].messages.get(from);
                    while (!queue.isEmpty()) {
                        byte[] message = queue.poll();
                        if (!dead.contains(to) && !dead.contains(from)) {
                            path(to).node().onControl(from, message, now);
                        }
                    }
                }
            }
        }
    }

    /// Sends a host's frame; hosts answer ARP; then all that the devices sent besides ARP.
    List<Sent> exchange(int network, byte[] octets) {
        sent.clear();
        receive(network, octets);
        turn();
        answerArp();
        turn();
        return packets();
    }

    void answerArp() {
        for (Sent frame : List.copyOf(sent)) {
            FrameFlyweight view = frame.view();
            if (view.kind() == FrameFlyweight.Kind.ARP
                    && view.arp().isRequest()
                    && !view.arp().isAnnouncement()) {
                ArpFlyweight arp = view.arp();
                long mac = hostMac(arp.targetAddress() & 255);
                String address = new net.testudo.element.net.Ipv4Address(arp.targetAddress()).toString();
                receive(frame.network(), Packets.arpReply(mac, address, frame.octets()));
            }
        }
    }

    List<Sent> packets() {
        return sent.stream()
                .filter(frame -> frame.view().kind() == FrameFlyweight.Kind.IPV4)
                .toList();
    }

    List<Sent> arps() {
        return sent.stream()
                .filter(frame -> frame.view().kind() == FrameFlyweight.Kind.ARP)
                .toList();
    }

    /// The master dies; its lease has run out, device 2 leads.
    void failover() {
        dead = dead.with(1);
        for (int d = 2; d <= 3; d++) {
            path(d).node().onSessionLost(1, now);
        }
        master = 2;
        epoch++;
        sent.clear();
    }
}
