package net.testudo.element.forwarding;

import java.lang.foreign.MemorySegment;
import net.testudo.element.flow.DataFrame;
import net.testudo.element.flow.DirectionKey;
import net.testudo.element.flow.ServingView;
import net.testudo.element.net.FlowKey;
import net.testudo.element.policy.RouteTable;
import net.testudo.element.wire.ArpFlyweight;
import net.testudo.element.wire.ArpFrames;
import net.testudo.element.wire.FrameFlyweight;

/// Traffic of the element itself, through the local port: services at the cluster address, and what the element sends
/// on its own (RES-07). It passes only while this device serves as master.
final class LocalPath {
    /// Stands for the local port where a frame's network is asked.
    static final int LOCAL = 255;

    private static final int CONNECTIONS_MAX = 1_024;
    private static final long IDLE_NS = 300_000_000_000L;

    private final ServingView view;
    private final FrameOut out;
    private final ForwardingCounters counters;
    private final MemorySegment scratch = MemorySegment.ofArray(new byte[ArpFrames.LENGTH]);
    /// Keys of the answers to what the element sent; the value has no meaning.
    private final RecentTable expected = new RecentTable(CONNECTIONS_MAX, IDLE_NS);

    LocalPath(ServingView view, FrameOut out, ForwardingCounters counters) {
        this.view = view;
        this.out = out;
        this.counters = counters;
    }

    /// Whether a packet answers what the element itself sent.
    boolean isExpected(long addresses, long ports, long nowNs) {
        return expected.get(addresses, ports, nowNs) != RecentTable.NONE;
    }

    /// Hands a packet to the device's own stack.
    void in(NetworkPlan plan, int network, FrameFlyweight frame, long nowNs) {
        long mac = out.localMac();
        if (!view.masterServing(nowNs) || mac == 0) {
            counters.drop(DropReason.NOT_SERVING);
            return;
        }
        frame.ethernet().source(plan.mac(network));
        frame.ethernet().destination(mac);
        boolean taken = out.sendLocal(
                frame.ethernet().buffer(),
                frame.ethernet().offset(),
                frame.ethernet().length());
        if (!taken) {
            counters.drop(DropReason.PORT);
        }
    }

    /// Answers the own stack's ARP: every next hop is behind the element.
    void onArp(NetworkPlan plan, ArpFlyweight arp) {
        int network = Math.max(0, plan.localNetwork());
        boolean own = plan.policy().routes().clusterAddress(arp.targetAddress()) != RouteTable.NONE;
        if (arp.isRequest() && !own) {
            int length = ArpFrames.reply(scratch, 0, arp, plan.mac(network), arp.targetAddress());
            if (!out.sendLocal(scratch, 0, length)) {
                counters.drop(DropReason.PORT);
            }
        }
    }

    /// A packet of the device's own stack leaves from the own port.
    void out(NetworkPlan plan, FrameFlyweight frame, DataFrame data, NeighbourTable neighbours, long nowNs) {
        RouteTable routes = plan.policy().routes();
        int network = routes.network(frame.ipv4().destination());
        if (!view.masterServing(nowNs)) {
            counters.drop(DropReason.NOT_SERVING);
        } else if (network < 0 || routes.clusterAddress(frame.ipv4().source()) != network) {
            counters.drop(DropReason.LOCAL_OUT);
        } else {
            // A large message leaves in fragments; only the first says to which conversation it belongs.
            if (frame.hasTransport()) {
                expectAnswer(network, frame, nowNs);
            }
            int address = routes.nextHop(frame.ipv4().destination());
            long nextHop = neighbours.resolve(network, address, data, nowNs);
            if (nextHop < 0) {
                counters.drop(DropReason.NO_NEXT_HOP);
            } else if (nextHop > 0) {
                leave(network, nextHop, frame);
            }
        }
    }

    private void leave(int network, long nextHop, FrameFlyweight frame) {
        frame.ethernet().source(out.mac(network));
        frame.ethernet().destination(nextHop);
        boolean sent = out.send(
                network,
                frame.ethernet().buffer(),
                frame.ethernet().offset(),
                frame.ethernet().length());
        if (sent) {
            counters.forwarded();
        } else {
            counters.drop(DropReason.PORT);
        }
    }

    private void expectAnswer(int network, FrameFlyweight frame, long nowNs) {
        long addresses = FlowKey.reverseAddresses(frame.addresses());
        long ports = DirectionKey.ports(network, FlowKey.reverseSelectors(frame.selectors()));
        expected.put(addresses, ports, 0, nowNs);
    }
}
