package net.testudo.element.forwarding;

import net.testudo.element.flow.DirectionKey;
import net.testudo.element.flow.FlowOwner;
import net.testudo.element.flow.FlowTable;
import net.testudo.element.flow.ServingView;
import net.testudo.element.wire.FrameFlyweight;

/// Forwards packets of the flows that this device carries: track, translate, take a hop off, send from the own port.
final class OwnerPath {
    private final ServingView view;
    private final FrameOut out;
    private final ForwardingCounters counters;

    OwnerPath(ServingView view, FrameOut out, ForwardingCounters counters) {
        this.view = view;
        this.out = out;
        this.counters = counters;
    }

    /// A packet that came from the master, or, at the master, from a port.
    void forward(FlowOwner owner, PacketKey key, FrameFlyweight frame, long nowNs) {
        int found = owner.find(key.addresses(), key.ports(), nowNs);
        if (found < 0) {
            counters.drop(DropReason.NOT_OWNER);
            return;
        }
        int slot = found >> 1;
        int direction = found & 1;
        FlowTable table = owner.table();
        if (frame.ipv4().ttl() <= 1) {
            counters.drop(DropReason.TTL);
        } else if (!ConnectionTracker.accept(owner, slot, direction, frame, nowNs)) {
            counters.drop(DropReason.BAD_SEQUENCE);
        } else {
            Translation.apply(table, slot, direction, frame);
            frame.ipv4().decrementTtl();
            int network = DirectionKey.network(table.ports(slot, 1 - direction));
            leave(network, table.mac(slot, direction), frame, nowNs);
        }
    }

    private void leave(int network, long nextHop, FrameFlyweight frame, long nowNs) {
        long mac = out.mac(network);
        if (!view.memberServing(nowNs)) {
            counters.drop(DropReason.NO_LEASE);
        } else if (mac == 0 || nextHop == 0) {
            counters.drop(DropReason.PORT);
        } else {
            frame.ethernet().source(mac);
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
    }
}
