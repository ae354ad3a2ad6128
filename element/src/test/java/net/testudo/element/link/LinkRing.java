package net.testudo.element.link;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.testudo.element.channel.DeviceKeys;
import net.testudo.element.management.Capacity;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.MacAddress;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.element.port.FrameSink;
import net.testudo.element.port.PacketPort;
import net.testudo.element.port.PortCounters;
import net.testudo.element.wire.cluster.ClockReading;
import net.testudo.element.wire.cluster.ControlMessage;
import net.testudo.element.wire.cluster.DiscoveryMessage;
import net.testudo.element.wire.cluster.InForce;
import net.testudo.element.wire.cluster.JoinMessage;
import net.testudo.element.wire.cluster.StatusMessage;
import net.testudo.element.wire.cluster.VoterChangeMark;

/// Links of members on one cluster network without loss; each sends a status every 5 ms.
final class LinkRing {
    static final long STATUS_NS = 5_000_000L;
    private static final String CLUSTER = "6f1c7f5e-0000-4000-8000-000000000001";

    final List<Station> stations = new ArrayList<>();
    /// All frames, as they were sent.
    final List<byte[]> wire = new ArrayList<>();
    long nowNs = 1_000_000_000L;

    LinkRing(int members) {
        for (int device = 1; device <= members; device++) {
            stations.add(new Station(device));
        }
        stations.forEach(station -> trust(station, DeviceSet.NONE));
    }

    private static String privateKey(int device) {
        return HexFormat.of().toHexDigits((byte) device).repeat(32);
    }

    /// The station associates with all others but those that were taken out.
    void trust(Station station, DeviceSet revoked) {
        TreeMap<Integer, String> keys = new TreeMap<>();
        for (Station other : stations) {
            if (other.device != station.device) {
                keys.put(other.device, DeviceKeys.publicKey(privateKey(other.device)));
            }
        }
        station.link.trust(keys, revoked);
    }

    Station station(int device) {
        return stations.get(device - 1);
    }

    void run(int statuses) {
        for (int i = 0; i < statuses; i++) {
            nowNs += STATUS_NS;
            stations.forEach(station -> station.link.sendStatus(station.status(), nowNs));
            for (int turn = 0; turn < 4; turn++) {
                stations.forEach(Station::turn);
            }
        }
    }

    /// A member, and its port.
    final class Station implements PacketPort, LinkListener {
        final int device;
        final ClusterLink link;
        final List<byte[]> bulk = new ArrayList<>();
        final List<Integer> revokedBy = new ArrayList<>();
        int sessions;
        boolean cut;
        private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();

        Station(int device) {
            this.device = device;
            LinkIdentity identity = new LinkIdentity(
                    "L" + device, device, "", null, new SplittableRandom(device)::nextBytes, ProtocolVersions.OWN);
            link = new ClusterLink(new PathPorts(List.of(this)), identity, STATUS_NS, this);
            link.changeIdentity(device, CLUSTER, privateKey(device), device);
        }

        void turn() {
            poll((buffer, offset, length) -> link.onFrame(0, buffer, offset, length, nowNs), 1_000);
            link.doWork(nowNs);
        }

        long counter(String name) {
            TreeMap<String, Long> counters = new TreeMap<>();
            link.addTo(counters);
            return counters.getOrDefault(name, 0L);
        }

        StatusMessage status() {
            return new StatusMessage(
                    device,
                    device,
                    nowNs,
                    STATUS_NS,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    1,
                    0,
                    DeviceSet.NONE,
                    0,
                    DeviceSet.NONE,
                    0,
                    100,
                    Capacity.UNKNOWN,
                    0,
                    "1",
                    InForce.NONE,
                    0,
                    List.of(),
                    ClockReading.UNKNOWN,
                    VoterChangeMark.NONE,
                    List.of());
        }

        @Override
        public boolean send(MemorySegment buffer, long offset, int length) {
            byte[] frame = buffer.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
            if (!cut) {
                wire.add(frame);
                stations.stream()
                        .filter(other -> other.device != device && !other.cut)
                        .forEach(other -> other.waiting.add(frame));
            }
            return true;
        }

        @Override
        public int poll(FrameSink sink, int limit) {
            int count = 0;
            for (byte[] frame; count < limit && (frame = waiting.poll()) != null; count++) {
                sink.onFrame(MemorySegment.ofArray(frame), 0, frame.length);
            }
            return count;
        }

        @Override
        public void onSession(int peer, long bootId) {
            sessions++;
        }

        @Override
        public void onFlowBulk(int peer, byte[] message) {
            bulk.add(message);
        }

        @Override
        public String name() {
            return "link";
        }

        @Override
        public MacAddress mac() {
            return new MacAddress(0x0200_0000_0000L + device);
        }

        @Override
        public int mtuOctets() {
            return 1_600;
        }

        @Override
        public boolean carrier() {
            return true;
        }

        @Override
        public void flush() {}

        @Override
        public int discard() {
            return 0;
        }

        @Override
        public PortCounters counters() {
            return PortCounters.ZERO;
        }

        @Override
        public void close() {}

        @Override
        public void onStatus(StatusMessage status) {}

        @Override
        public void onControl(int peer, long bootId, ControlMessage message) {}

        @Override
        public void onFlowControl(int peer, byte[] message) {}

        @Override
        public void onRelay(int peer, int network, int reason, MemorySegment buffer, long offset, int length) {}

        @Override
        public void onRevoked(int peer) {
            revokedBy.add(peer);
        }

        @Override
        public void onQuery() {}

        @Override
        public void onAnnouncement(DiscoveryMessage.Announcement announcement, MacAddress mac) {}

        @Override
        public void onJoinSession(String serial) {}

        @Override
        public void onJoinFailed(String serial, String reason) {}

        @Override
        public void onJoinMessage(String serial, JoinMessage message) {}
    }
}
