package net.testudo.element.forwarding;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.flow.DataFrame;
import net.testudo.element.flow.FlowDelivery;
import net.testudo.element.flow.FlowLimits;
import net.testudo.element.flow.FlowMaster;
import net.testudo.element.flow.FlowNode;
import net.testudo.element.flow.FlowRecord;
import net.testudo.element.flow.FlowTable;
import net.testudo.element.flow.FlowTransport;
import net.testudo.element.flow.ServingView;
import net.testudo.element.flow.SyncClass;
import net.testudo.element.flow.SyncClasses;
import net.testudo.element.policy.FlowDecision;
import net.testudo.element.policy.Policy;
import net.testudo.element.resource.LeaseCopy;
import net.testudo.element.resource.PortLeases;
import net.testudo.element.wire.FrameFlyweight;
import net.testudo.element.wire.IcmpFrames.ErrorMessage;
import net.testudo.element.wire.WireFault;
import org.jspecify.annotations.Nullable;

/// The data path of one device, with its flow functions. Direct-forward mode: the master takes what is sent to the
/// virtual MAC addresses and relays it to the owners over the cluster port.
///
/// Frames are rewritten in place. Nothing is kept of a buffer after a call.
public final class DataPath {
    /// Numbers of the classes of run-time data besides flows.
    private static final int PORT_LEASES = 2;

    private static final int NEXT_HOPS = 3;

    private final ServingView view;
    private final ForwardingCounters counters = new ForwardingCounters();
    private final FrameFlyweight frame = new FrameFlyweight();
    private final DataFrame data = new DataFrame();
    private final Packet packet = new Packet(this, frame);
    private final FragmentTable fragments = new FragmentTable();
    private final PacketKey key = new PacketKey(fragments);
    private final PortLeases leases;
    private final FlowNode node;
    private final ArpPath arp;
    private final LocalPath local;
    private final OwnerPath owner;
    private final MasterPath master;
    private final NeighbourTable neighbours;
    private @Nullable NetworkPlan plan;
    private boolean served;
    private boolean revalidate;

    /// What a data path is given by its surroundings.
    ///
    /// @param view what the cluster knows
    /// @param transport to other devices
    /// @param out to the ports
    /// @param arpReplies who is told of ARP replies
    public record Surroundings(ServingView view, FlowTransport transport, FrameOut out, ArpReplies arpReplies) {}

    /// @param boot id of this process, as other devices see it
    /// @param seed random
    public DataPath(Surroundings surroundings, FlowLimits limits, long boot, long seed, long nowNs) {
        view = surroundings.view();
        FrameOut out = surroundings.out();
        leases = new PortLeases(nowNs);
        arp = new ArpPath(view, out, counters, surroundings.arpReplies());
        local = new LocalPath(view, out, counters);
        owner = new OwnerPath(view, out, counters);
        master = new MasterPath(new MasterPath.Parts(view, out, counters, leases, local, owner, key), nowNs);
        neighbours = new NeighbourTable(this::ask, new Followers());
        SyncClasses classes = new SyncClasses(List.of(
                new SyncClass(PORT_LEASES, "port-leases", leases, new LeaseCopy(leases)),
                new SyncClass(NEXT_HOPS, "next-hops", neighbours.sync(), neighbours.sync())));
        node = new FlowNode(
                new FlowNode.Surroundings(
                        view, surroundings.transport(), new Delivery(), new PortBook(leases), classes),
                limits,
                boot,
                seed);
    }

    /// The flow functions; the engine hands them messages and sessions.
    public FlowNode node() {
        return node;
    }

    NeighbourTable neighbours() {
        return neighbours;
    }

    NetworkPlan plan() {
        return Objects.requireNonNull(plan, "packets are handled only with a configuration");
    }

    /// The policy in force. Only while a configuration is in use.
    public Policy policy() {
        return plan().policy();
    }

    /// Takes a configuration into use. Flows that it does not allow any more, or translates otherwise, end.
    public void configure(ClusterConfig config, String clusterId) {
        plan = new NetworkPlan(config, clusterId);
        leases.pools(plan().policy().pools());
        node.configure(config.operation().backupSync());
        node.master().setStrategy(config.policy().strategy());
        neighbours.clear();
        revalidate = true;
    }

    /// There is no configuration any more: nothing passes.
    public void unconfigure() {
        plan = null;
        neighbours.clear();
        fragments.clear();
        master.clear();
    }

    /// A frame from a data port.
    ///
    /// @param network index of the port's network in the configuration
    public void onFrame(int network, MemorySegment buffer, long offset, int length, long nowNs) {
        node.observeFrame(nowNs);
        receive(data.wrap(network, buffer, offset, length), nowNs);
        node.drainOwn(nowNs);
    }

    /// A frame that the master relayed to this device.
    public void onRelay(int from, DataFrame relayed, long nowNs) {
        node.observeFrame(nowNs);
        if (from == view.master()) {
            carry(relayed, nowNs);
        } else {
            counters.drop(DropReason.NOT_SERVING);
        }
    }

    /// A frame from the local port.
    public void onLocalFrame(MemorySegment buffer, long offset, int length, long nowNs) {
        receiveLocal(data.wrap(LocalPath.LOCAL, buffer, offset, length), nowNs);
    }

    /// The duty cycle came too late: what waits is dropped, ownership is over.
    public void onStall(long nowNs) {
        fragments.clear();
        master.clear();
        neighbours.clear();
        node.onStall(nowNs);
    }

    /// One turn: what is due. Call it after each batch, and at least every 10 ms.
    public void doWork(long nowNs) {
        leases.time(nowNs);
        node.doWork(nowNs);
        master.doWork(nowNs);
        boolean serves = view.masterServing(nowNs);
        if (serves && !served) {
            master.onTakeover(nowNs);
            revalidate = true;
        }
        served = serves;
        if (plan != null) {
            arp.doWork(plan, nowNs);
            if (serves) {
                neighbours.doWork(nowNs);
            }
            if (serves && node.master().isSettled()) {
                leases.doWork(view.members().minus(view.released()), view.assignable());
            }
            if (serves && revalidate && node.master().isSettled()) {
                revalidate = !revalidate(nowNs);
            }
        }
    }

    /// Adds counters and gauges to `target`, by name.
    public void addTo(Map<String, Long> target) {
        counters.addTo(target);
        node.addTo(target);
        target.put("nat.ports-used", (long) leases.used());
        target.put("nat.blocks-leased", (long) leases.leasedBlocks());
    }

    /// Packets dropped for a reason.
    public long drops(DropReason reason) {
        return counters.get(reason);
    }

    /// The leases of translated ports, as this device knows them if it is master or backup master.
    public PortLeases leases() {
        return leases;
    }

    /// Translated ports in use, as this device knows if it is master.
    public int portsUsed() {
        return leases.used();
    }

    /// A frame that waited starts again at the beginning.
    void resume(DataFrame waited, long nowNs) {
        receive(waited, nowNs);
    }

    private void receive(DataFrame received, long nowNs) {
        NetworkPlan current = plan;
        if (current == null || received.network() >= current.networks()) {
            counters.drop(DropReason.UNCONFIGURED);
            return;
        }
        WireFault fault = frame.wrap(received.buffer(), received.offset(), received.length());
        if (fault != WireFault.OK) {
            counters.fault(fault);
        } else if (frame.vlan() != 0) {
            counters.drop(DropReason.VLAN);
        } else {
            switch (frame.kind()) {
                case ARP -> arp.onArp(current, received.network(), frame, neighbours, nowNs);
                case IPV4 -> {
                    if (frame.ethernet().destination() == current.mac(received.network())) {
                        master.handle(packet.of(received, nowNs));
                    } else {
                        counters.drop(DropReason.OTHER_DESTINATION);
                    }
                }
                case IPV6 -> counters.drop(DropReason.IPV6);
                case CLUSTER, OTHER -> counters.drop(DropReason.OTHER_PROTOCOL);
            }
        }
    }

    private void receiveLocal(DataFrame received, long nowNs) {
        NetworkPlan current = plan;
        if (current == null) {
            counters.drop(DropReason.UNCONFIGURED);
            return;
        }
        WireFault fault = frame.wrap(received.buffer(), received.offset(), received.length());
        if (fault != WireFault.OK) {
            counters.fault(fault);
        } else if (frame.kind() == FrameFlyweight.Kind.ARP) {
            local.onArp(current, frame.arp());
        } else if (frame.kind() == FrameFlyweight.Kind.IPV4) {
            local.out(current, frame, received, neighbours, nowNs);
        } else {
            counters.drop(frame.kind() == FrameFlyweight.Kind.IPV6 ? DropReason.IPV6 : DropReason.OTHER_PROTOCOL);
        }
    }

    private void carry(DataFrame received, long nowNs) {
        WireFault fault = frame.wrap(received.buffer(), received.offset(), received.length());
        if (fault != WireFault.OK) {
            counters.fault(fault);
        } else if (frame.kind() != FrameFlyweight.Kind.IPV4) {
            counters.drop(DropReason.OTHER_PROTOCOL);
        } else if (key.read(received.network(), frame, nowNs)) {
            owner.forward(node.owner(), key, frame, nowNs);
        } else {
            counters.drop(DropReason.FRAGMENT);
        }
    }

    private void ask(int network, int address, long nowNs) {
        if (plan != null) {
            arp.ask(plan, network, address, nowNs);
        }
    }

    /// Ends what the policy does not allow any more.
    ///
    /// @return whether every such flow could be ended
    private boolean revalidate(long nowNs) {
        boolean done = true;
        FlowMaster flows = node.master();
        FlowTable table = flows.table();
        FlowDecision decision = new FlowDecision();
        for (int slot = 0; slot < table.highWater(); slot++) {
            if (table.isUsed(slot) && !isAllowed(table.get(slot), decision)) {
                done &= flows.end(slot, nowNs);
            }
        }
        return done;
    }

    private boolean isAllowed(FlowRecord flow, FlowDecision decision) {
        int network = flow.forward().network();
        if (network >= plan().networks()) {
            return false;
        }
        plan().policy()
                .decide(
                        network,
                        flow.forward().addresses(),
                        flow.forward().key().selectors(),
                        decision);
        boolean sourceNat = (flow.flags() & FlowRecord.SOURCE_NAT) != 0;
        if (!decision.verdict().forwards()
                || decision.toNetwork() != flow.reverse().network()
                || sourceNat != (decision.pool() >= 0)) {
            return false;
        }
        if (sourceNat) {
            decision.sourcePort(flow.reverse().key().destinationPort());
        }
        return decision.replyAddresses() == flow.reverse().addresses();
    }

    /// The data path as the flow functions use it.
    private final class Delivery implements FlowDelivery {
        @Override
        public void forward(DataFrame delivered, long nowNs) {
            carry(delivered, nowNs);
        }

        @Override
        public void resume(DataFrame resumed, long nowNs) {
            receive(resumed, nowNs);
        }

        @Override
        public boolean isAllowed(FlowRecord flow) {
            return plan != null && DataPath.this.isAllowed(flow, new FlowDecision());
        }
    }

    /// What follows when a next hop becomes known.
    private final class Followers implements NeighbourTable.Changes {
        @Override
        public void moved(int network, long oldMac, long newMac) {
            node.master().nextHopChanged(network, oldMac, newMac);
        }

        @Override
        public void resume(DataFrame resumed, long nowNs) {
            if (resumed.network() == LocalPath.LOCAL) {
                receiveLocal(resumed, nowNs);
            } else {
                receive(resumed, nowNs);
            }
        }

        @Override
        public void unreachable(DataFrame dropped, long nowNs) {
            boolean whole = frame.wrap(dropped.buffer(), dropped.offset(), dropped.length()) == WireFault.OK;
            if (whole && dropped.network() != LocalPath.LOCAL && plan != null) {
                master.refuse(packet.of(dropped, nowNs), DropReason.NO_NEXT_HOP, ErrorMessage.HOST_UNREACHABLE);
            } else {
                counters.drop(DropReason.NO_NEXT_HOP);
            }
        }
    }
}
