package net.testudo.element.engine;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.testudo.element.cluster.ClusterNode;
import net.testudo.element.cluster.FlowSummary;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.DeviceConfiguration;
import net.testudo.element.flow.DataFrame;
import net.testudo.element.flow.FlowLimits;
import net.testudo.element.flow.FlowMaster;
import net.testudo.element.flow.FlowNode;
import net.testudo.element.flow.FlowTransport;
import net.testudo.element.flow.ServingView;
import net.testudo.element.forwarding.DataPath;
import net.testudo.element.forwarding.FrameOut;
import net.testudo.element.link.ClusterLink;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.policy.PolicyProbes;
import net.testudo.element.port.DataPort;
import net.testudo.element.port.PacketPort;
import net.testudo.element.wire.cluster.ControlMessage.InForceReply;
import net.testudo.element.wire.cluster.ControlMessage.InForceRequest;
import net.testudo.element.wire.cluster.InspectionMessage.Finding;
import net.testudo.element.wire.cluster.InspectionMessage.Inquiry;
import net.testudo.element.wire.cluster.ProbeVerdict;
import org.jspecify.annotations.Nullable;

/// Binds the data path to the cluster state machine, to the cluster link and to the ports.
final class DataPlane {
    /// Why a frame is relayed: its flow is the receiver's.
    private static final int TO_OWNER = 1;

    private final EngineContext context;
    private final ClusterNode node;
    private final ClusterLink link;
    private final FlowLimits limits;
    private final DataFrame relayed = new DataFrame();
    private final long seed;
    private DataPath path;
    private @Nullable ClusterConfig config;
    private @Nullable PacketPort[] portOfNetwork = {};
    private int[] networkOfPort;
    private long revision;
    private FlowSummary summary = FlowSummary.NONE;
    private final ConfigInForce inForce;
    private long nowNs;

    DataPlane(EngineContext context, ClusterNode node, ClusterLink link, long seed, long nowNs) {
        this.context = context;
        this.node = node;
        this.link = link;
        this.limits = context.flowLimits();
        this.inForce = new ConfigInForce(context.timing().statusNs());
        this.seed = seed;
        this.nowNs = nowNs;
        this.networkOfPort = new int[context.dataPorts().size()];
        this.path = open(nowNs);
    }

    private DataPath open(long atNs) {
        DataPath.Surroundings surroundings =
                new DataPath.Surroundings(new View(), new Transport(), new Out(), (_, _, _, _) -> {});
        return new DataPath(surroundings, limits, node.bootId(), seed, atNs);
    }

    /// Another identity: nothing of the former one is left.
    void reset() {
        config = null;
        revision = -1;
        path = open(nowNs);
        follow();
    }

    /// Takes the configuration of the newest revision into use.
    private void follow() {
        if (node.revision() == revision) {
            return;
        }
        ClusterConfig newest = node.config();
        revision = node.revision();
        config = newest;
        if (newest == null) {
            path.unconfigure();
            inForce.drop();
            node.setWithoutPort(List.of());
            return;
        }
        List<ClusterConfig.DataNetwork> networks = newest.networks();
        portOfNetwork = new PacketPort[networks.size()];
        for (int i = 0; i < context.dataPorts().size(); i++) {
            DataPort port = context.dataPorts().get(i);
            networkOfPort[i] = newest.networkIndex(port.network());
            if (networkOfPort[i] >= 0) {
                portOfNetwork[networkOfPort[i]] = port.port();
            }
        }
        node.setWithoutPort(IntStream.range(0, portOfNetwork.length)
                .filter(i -> portOfNetwork[i] == null)
                .mapToObj(i -> networks.get(i).name())
                .toList());
        path.configure(newest, node.clusterId());
        inForce.take(revision, node.content(), deviceConfiguration(newest));
        link.livenessOnData(networks.stream().anyMatch(ClusterConfig.DataNetwork::liveness));
    }

    private String deviceConfiguration(ClusterConfig newest) {
        return DeviceConfiguration.text(DeviceConfiguration.derive(
                newest, node.clusterId(), context.identity().serial()));
    }

    /// What the data path works with.
    InForceReply tellInForce(InForceRequest request) {
        return inForce.tell(request);
    }

    /// What the data path decides about packets, by the tables that it works with.
    Finding tellVerdicts(Inquiry inquiry) {
        List<ProbeVerdict> verdicts = config == null
                ? List.of()
                : inquiry.probes().stream()
                        .map(probe -> PolicyProbes.verdict(path.policy(), probe))
                        .toList();
        return new Finding(inquiry.id(), config == null ? 0 : revision, verdicts);
    }

    /// Takes the configuration of the newest revision into use again: this device worked with something else.
    void applyAgain() {
        revision = -1;
    }

    /// A turn begins: what happens in it is held against the lease at this time.
    void begin(long atNs) {
        nowNs = atNs;
    }

    /// A frame of data port `index`.
    void onFrame(int index, MemorySegment buffer, long offset, int length) {
        if (config != null && networkOfPort[index] >= 0) {
            path.onFrame(networkOfPort[index], buffer, offset, length, nowNs);
        }
    }

    /// A frame of the device's own network stack.
    void onLocalFrame(MemorySegment buffer, long offset, int length) {
        path.onLocalFrame(buffer, offset, length, nowNs);
    }

    /// A frame that another device relayed.
    void onRelay(int from, int network, MemorySegment buffer, long offset, int length) {
        if (config != null && network < portOfNetwork.length) {
            path.onRelay(from, relayed.wrap(network, buffer, offset, length), nowNs);
        }
    }

    void onControl(int from, byte[] message) {
        path.node().onControl(from, message, nowNs);
    }

    void onBulk(int from, byte[] message) {
        path.node().onBulk(from, message, nowNs);
    }

    void onSession(int device) {
        path.node().onSessionLost(device, nowNs);
        path.node().onSession(device, nowNs);
    }

    void onStall() {
        path.onStall(nowNs);
    }

    void doWork() {
        follow();
        path.doWork(nowNs);
        FlowNode flows = path.node();
        FlowMaster master = flows.master();
        summary = summary.now(
                flows.owner().carried(), master.isSettled(), master.orphans(), flows.copiedTo(), flows.silentBackups());
        node.setFlows(summary);
        node.setInForce(inForce.read(nowNs));
        node.setHeard(link.heardOnCluster(nowNs), link.heardOnData(nowNs));
    }

    DataPath path() {
        return path;
    }

    long flows() {
        return path.node().owner().carried();
    }

    void addTo(Map<String, Long> counters) {
        path.addTo(counters);
    }

    private final class View implements ServingView {
        @Override
        public int self() {
            return node.self();
        }

        @Override
        public int master() {
            return node.master();
        }

        @Override
        public int backup() {
            return node.backup();
        }

        @Override
        public long epoch() {
            return node.epoch();
        }

        @Override
        public boolean masterServing(long atNs) {
            return node.masterServing(atNs);
        }

        @Override
        public long masterLeaseEndNs() {
            return node.masterLeaseEndNs();
        }

        @Override
        public long masterLeaseNs() {
            return node.masterLeaseNs();
        }

        @Override
        public boolean memberServing(long atNs) {
            return node.memberServing(atNs);
        }

        @Override
        public long lapse() {
            return node.lapse();
        }

        @Override
        public long lapseOf(int device) {
            return node.lapseOf(device);
        }

        @Override
        public long bootOf(int device) {
            return node.bootOf(device);
        }

        @Override
        public DeviceSet assignable() {
            return node.assignable(nowNs);
        }

        @Override
        public DeviceSet standby() {
            return node.standby();
        }

        @Override
        public DeviceSet members() {
            return node.mayServe();
        }

        @Override
        public DeviceSet released() {
            return node.released();
        }
    }

    private final class Transport implements FlowTransport {
        @Override
        public int version(int device) {
            return link.version(device);
        }

        @Override
        public boolean control(int device, byte[] message) {
            return link.sendFlowControl(device, message);
        }

        @Override
        public boolean bulk(int device, byte[] message) {
            return link.sendFlowBulk(device, message);
        }

        @Override
        public boolean isDelivered(int device) {
            return link.isBulkDelivered(device);
        }

        @Override
        public long retransmissions(int device) {
            return link.bulkRetransmissions(device);
        }

        @Override
        public boolean relay(int device, int network, MemorySegment buffer, long offset, int length) {
            return link.relay(device, (network << 4) | TO_OWNER, buffer, offset, length, nowNs);
        }
    }

    private final class Out implements FrameOut {
        @Override
        public long mac(int network) {
            PacketPort port = port(network);
            return port == null ? 0 : port.mac().bits();
        }

        @Override
        public long localMac() {
            PacketPort local = context.localPort();
            return local == null ? 0 : local.mac().bits();
        }

        @Override
        public boolean send(int network, MemorySegment buffer, long offset, int length) {
            PacketPort port = port(network);
            return port != null && port.send(buffer, offset, length);
        }

        @Override
        public boolean sendLocal(MemorySegment buffer, long offset, int length) {
            PacketPort local = context.localPort();
            return local != null && local.send(buffer, offset, length);
        }

        private @Nullable PacketPort port(int network) {
            return network < portOfNetwork.length ? portOfNetwork[network] : null;
        }
    }
}
