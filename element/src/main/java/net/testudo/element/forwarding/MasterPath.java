package net.testudo.element.forwarding;

import java.lang.foreign.MemorySegment;
import net.testudo.element.config.LocalService;
import net.testudo.element.flow.DataFrame;
import net.testudo.element.flow.DirectionKey;
import net.testudo.element.flow.FlowMaster;
import net.testudo.element.flow.FlowRecord;
import net.testudo.element.flow.Ownership;
import net.testudo.element.flow.ServingView;
import net.testudo.element.net.Protocol;
import net.testudo.element.policy.FlowDecision;
import net.testudo.element.policy.Verdict;
import net.testudo.element.resource.PortLeases;
import net.testudo.element.wire.FrameFlyweight;
import net.testudo.element.wire.IcmpFlyweight;
import net.testudo.element.wire.IcmpFrames;
import net.testudo.element.wire.IcmpFrames.ErrorMessage;
import net.testudo.element.wire.RateLimit;
import net.testudo.element.wire.TcpFlyweight;

/// What the master does with a packet sent to the virtual MAC address: known flows go to their owner, new ones are
/// decided, translated and assigned, the element's own traffic is handed to it.
final class MasterPath {
    private static final int FRAME_OCTETS_MAX = 9_216;
    private static final int ERRORS_PER_SECOND = 100;
    /// How long after a takeover the middle of a connection may open a flow, if nothing is translated.
    private static final long PICK_UP_NS = 10_000_000_000L;

    private final ServingView view;
    private final FrameOut out;
    private final ForwardingCounters counters;
    private final PortLeases leases;
    private final LocalPath local;
    private final OwnerPath owner;
    private final PacketKey key;
    private final FlowDecision decision = new FlowDecision();
    private final MemorySegment scratch = MemorySegment.ofArray(new byte[FRAME_OCTETS_MAX]);
    private final FragmentHold early = new FragmentHold();
    private final DataFrame fragment = new DataFrame();
    private final RateLimit errors;
    private long pickUpEpoch;
    private long pickUpUntilNs;

    /// The parts that a master's path hands packets to.
    record Parts(
            ServingView view,
            FrameOut out,
            ForwardingCounters counters,
            PortLeases leases,
            LocalPath local,
            OwnerPath owner,
            PacketKey key) {}

    MasterPath(Parts parts, long nowNs) {
        view = parts.view();
        out = parts.out();
        counters = parts.counters();
        leases = parts.leases();
        local = parts.local();
        owner = parts.owner();
        key = parts.key();
        errors = new RateLimit(ERRORS_PER_SECOND, ERRORS_PER_SECOND, nowNs);
    }

    void handle(Packet packet) {
        long nowNs = packet.nowNs();
        if (!view.masterServing(nowNs)) {
            counters.drop(DropReason.NOT_SERVING);
        } else if (!key.read(packet.network(), packet.frame(), nowNs)) {
            if (!early.add(packet.frame(), packet.data(), nowNs)) {
                counters.drop(DropReason.FRAGMENT);
            }
        } else if (packet.frame().ipv4().isFragment() && packet.frame().hasTransport()) {
            // Looked at before the packet is translated.
            long addresses = packet.frame().addresses();
            long fragments = FragmentTable.packet(packet.network(), packet.frame());
            find(packet);
            while (early.poll(addresses, fragments, fragment, nowNs)) {
                packet.path().resume(fragment, nowNs);
            }
        } else {
            find(packet);
        }
    }

    private void find(Packet packet) {
        FlowMaster master = packet.path().node().master();
        int found = master.table().find(key.addresses(), key.ports());
        if (found >= 0) {
            known(packet, master, found >> 1);
        } else {
            unknown(packet, master);
        }
    }

    private void known(Packet packet, FlowMaster master, int slot) {
        if (packet.frame().ipv4().ttl() <= 1) {
            refuse(packet, DropReason.TTL, ErrorMessage.TIME_EXCEEDED);
        } else if (master.route(slot, packet.data(), packet.nowNs()) == FlowMaster.Route.OWN) {
            owner.forward(packet.path().node().owner(), key, packet.frame(), packet.nowNs());
        }
    }

    private void unknown(Packet packet, FlowMaster master) {
        FrameFlyweight frame = packet.frame();
        if (local.isExpected(key.addresses(), key.ports(), packet.nowNs())) {
            local.in(packet.plan(), packet.network(), frame, packet.nowNs());
            return;
        }
        long addresses = frame.isIcmpError() ? frame.addresses() : key.addresses();
        long selectors = frame.isIcmpError() ? frame.selectors() : DirectionKey.selectors(key.ports());
        packet.plan().policy().decide(packet.network(), addresses, selectors, decision);
        if (decision.verdict() == Verdict.LOCAL) {
            local(packet);
        } else if (!master.isSettled()) {
            master.holdUntilSettled(packet.data(), packet.nowNs());
        } else if (frame.isIcmpError()) {
            counters.drop(DropReason.UNRELATED_ERROR);
        } else if (!decision.verdict().forwards()) {
            counters.verdict(decision.verdict());
            if (decision.verdict() == Verdict.DROP_NO_ROUTE) {
                answer(packet, ErrorMessage.NETWORK_UNREACHABLE);
            }
        } else {
            open(packet, master);
        }
    }

    private void local(Packet packet) {
        if (decision.service() != LocalService.ICMP) {
            local.in(packet.plan(), packet.network(), packet.frame(), packet.nowNs());
        } else if (packet.frame().ipv4().isFragment() || packet.frame().icmp().type() != IcmpFlyweight.ECHO_REQUEST) {
            counters.drop(DropReason.UNSOLICITED_ICMP);
        } else if (IcmpFrames.echoReplyLength(packet.frame()) <= FRAME_OCTETS_MAX) {
            int length = IcmpFrames.echoReply(packet.frame(), scratch, 0, out.mac(packet.network()));
            send(packet, length);
        }
    }

    private void open(Packet packet, FlowMaster master) {
        FrameFlyweight frame = packet.frame();
        boolean pickedUp = frame.hasTransport() && isMidStream(frame);
        if (!frame.hasTransport()) {
            waitBehindFirst(packet);
        } else if (pickedUp && (decision.pool() >= 0 || decision.translates() || !isPickUp(packet.nowNs()))) {
            counters.drop(DropReason.NO_FLOW);
        } else if (frame.ipv4().protocol() == Protocol.ICMP && frame.icmp().type() != IcmpFlyweight.ECHO_REQUEST) {
            counters.drop(DropReason.UNSOLICITED_ICMP);
        } else if (decision.toNetwork() == packet.network()) {
            counters.drop(DropReason.HAIRPIN);
        } else if (frame.ipv4().ttl() <= 1) {
            refuse(packet, DropReason.TTL, ErrorMessage.TIME_EXCEEDED);
        } else {
            long nextHop = packet.path()
                    .neighbours()
                    .resolve(decision.toNetwork(), decision.nextHop(), packet.data(), packet.nowNs());
            if (nextHop < 0) {
                counters.drop(DropReason.NO_NEXT_HOP);
            } else if (nextHop > 0) {
                assign(packet, master, nextHop, pickedUp);
            }
        }
    }

    /// A later fragment opens no flow; the first one may wait for its next hop, and this one then waits behind it.
    private void waitBehindFirst(Packet packet) {
        long nextHop = packet.path()
                .neighbours()
                .resolve(decision.toNetwork(), decision.nextHop(), packet.data(), packet.nowNs());
        if (nextHop != 0) {
            counters.drop(DropReason.FRAGMENT);
        }
    }

    private void assign(Packet packet, FlowMaster master, long nextHop, boolean pickedUp) {
        int device = master.choose(packet.nowNs());
        if (device == 0) {
            counters.drop(DropReason.NO_OWNER);
            return;
        }
        boolean sourceNat = decision.pool() >= 0;
        int port = sourceNat ? leases.take(decision.pool(), device) : 0;
        if (port == PortLeases.NONE) {
            counters.drop(DropReason.NO_PORT);
            return;
        }
        if (sourceNat) {
            decision.sourcePort(port);
        }
        FlowRecord flow = record(packet, master.nextId(), nextHop, pickedUp);
        if (!master.open(flow, device, packet.data(), packet.nowNs())) {
            counters.drop(DropReason.NO_ENTRY);
            if (sourceNat) {
                leases.giveBack(decision.pool(), port);
            }
        }
    }

    private FlowRecord record(Packet packet, long id, long nextHop, boolean pickedUp) {
        boolean sourceNat = decision.pool() >= 0;
        int flags = (sourceNat ? FlowRecord.SOURCE_NAT : 0)
                | (decision.translates() && !sourceNat ? FlowRecord.DESTINATION_NAT : 0)
                | (pickedUp ? FlowRecord.PICKED_UP : 0);
        return new FlowRecord(
                id,
                new DirectionKey(
                        decision.originalAddresses(),
                        DirectionKey.ports(packet.network(), decision.originalSelectors())),
                new DirectionKey(
                        decision.replyAddresses(), DirectionKey.ports(decision.toNetwork(), decision.replySelectors())),
                nextHop,
                packet.frame().ethernet().source(),
                ConnectionTracker.opening(packet.frame().ipv4().protocol(), pickedUp),
                flags,
                Ownership.NONE);
    }

    private static boolean isMidStream(FrameFlyweight frame) {
        return frame.ipv4().protocol() == Protocol.TCP
                && (!frame.tcp().has(TcpFlyweight.SYN) || frame.tcp().has(TcpFlyweight.ACK));
    }

    private boolean isPickUp(long nowNs) {
        return pickUpEpoch == view.epoch() && nowNs - pickUpUntilNs < 0;
    }

    /// A master that takes over lets connections go on whose flow it does not know.
    void onTakeover(long nowNs) {
        if (pickUpEpoch != view.epoch()) {
            pickUpEpoch = view.epoch();
            pickUpUntilNs = nowNs + PICK_UP_NS;
        }
    }

    /// What waits is out of date.
    void clear() {
        early.clear();
    }

    /// Drops what waited too long.
    void doWork(long nowNs) {
        for (int late = early.expire(nowNs); late > 0; late--) {
            counters.drop(DropReason.FRAGMENT);
        }
    }

    /// Drops a packet and tells its sender why, if that is allowed.
    void refuse(Packet packet, DropReason reason, ErrorMessage message) {
        counters.drop(reason);
        answer(packet, message);
    }

    private void answer(Packet packet, ErrorMessage message) {
        if (IcmpFrames.errorAllowed(packet.frame()) && errors.tryAcquire(packet.nowNs())) {
            int network = packet.network();
            int length = IcmpFrames.error(
                    packet.frame(), scratch, 0, out.mac(network), packet.plan().address(network), message);
            send(packet, length);
        }
    }

    private void send(Packet packet, int length) {
        if (!view.masterServing(packet.nowNs())) {
            counters.drop(DropReason.NOT_SERVING);
        } else if (!out.send(packet.network(), scratch, 0, length)) {
            counters.drop(DropReason.PORT);
        }
    }
}
