package net.testudo.element.forwarding;

import net.testudo.element.flow.ConnectionState;
import net.testudo.element.flow.DirectionKey;
import net.testudo.element.flow.FlowOwner;
import net.testudo.element.flow.FlowRecord;
import net.testudo.element.flow.FlowTable;
import net.testudo.element.net.FlowKey;
import net.testudo.element.net.Protocol;
import net.testudo.element.wire.FrameFlyweight;
import net.testudo.element.wire.TcpFlyweight;

/// Follows connections, loosely: enough to know when a flow ends, and that a packet is not from anywhere. The first
/// packet of each direction that an owner sees sets what it expects, so that a flow survives its owner.
final class ConnectionTracker {
    /// The largest window that scaling allows (RFC 7323 §2.3).
    private static final int WINDOW_MAX = 1 << 30;
    /// How far a RST may be from what is expected; a blind one is almost always further.
    private static final int RESET_DISTANCE_MAX = 1 << 20;

    private ConnectionTracker() {}

    /// The state of a flow that this packet opens.
    static ConnectionState opening(int protocol, boolean pickedUp) {
        return switch (protocol) {
            case Protocol.TCP -> pickedUp ? ConnectionState.TCP_ESTABLISHED : ConnectionState.TCP_OPENING;
            case Protocol.ICMP -> ConnectionState.ICMP_QUERY;
            default -> ConnectionState.UDP_ONE_WAY;
        };
    }

    /// Takes note of a packet of a flow.
    ///
    /// @return whether it may pass
    static boolean accept(FlowOwner owner, int slot, int direction, FrameFlyweight frame, long nowNs) {
        FlowTable table = owner.table();
        boolean passes = true;
        if (!frame.isIcmpError() && frame.hasTransport()) {
            int protocol = FlowKey.protocol(DirectionKey.selectors(table.ports(slot, direction)));
            if (protocol == Protocol.TCP) {
                passes = segment(owner, slot, direction, frame);
            } else if (table.state(slot) == ConnectionState.UDP_ONE_WAY && direction == 1) {
                owner.setState(slot, ConnectionState.UDP_TWO_WAY, table.flags(slot));
            }
        }
        if (passes) {
            table.touch(slot, nowNs);
        }
        return passes;
    }

    private static boolean segment(FlowOwner owner, int slot, int direction, FrameFlyweight frame) {
        FlowTable table = owner.table();
        TcpFlyweight tcp = frame.tcp();
        boolean opens = tcp.has(TcpFlyweight.SYN) && !tcp.has(TcpFlyweight.ACK);
        ConnectionState state = table.state(slot);
        if (opens && direction == 0 && isOver(state)) {
            owner.reopen(slot);
            state = ConnectionState.TCP_OPENING;
        }
        boolean reset = tcp.has(TcpFlyweight.RST);
        int distance = tcp.sequence() - table.sequence(slot, direction);
        if (table.isSeeded(slot, direction) && Math.abs(distance) > (reset ? RESET_DISTANCE_MAX : WINDOW_MAX)) {
            return false;
        }
        int end = tcp.sequence()
                + tcp.payloadLength()
                + (tcp.has(TcpFlyweight.SYN) ? 1 : 0)
                + (tcp.has(TcpFlyweight.FIN) ? 1 : 0);
        if (!table.isSeeded(slot, direction) || end - table.sequence(slot, direction) > 0) {
            table.seed(slot, direction, end);
        }
        int fin = direction == 0 ? FlowRecord.FORWARD_FIN : FlowRecord.REVERSE_FIN;
        int flags = table.flags(slot) | (tcp.has(TcpFlyweight.FIN) ? fin : 0);
        owner.setState(slot, next(state, reset, direction, flags), flags);
        return true;
    }

    private static ConnectionState next(ConnectionState state, boolean reset, int direction, int flags) {
        boolean forward = (flags & FlowRecord.FORWARD_FIN) != 0;
        boolean reverse = (flags & FlowRecord.REVERSE_FIN) != 0;
        if (reset || state == ConnectionState.TCP_RESET) {
            return ConnectionState.TCP_RESET;
        }
        if (forward && reverse) {
            return ConnectionState.TCP_CLOSED;
        }
        if (forward || reverse) {
            return ConnectionState.TCP_HALF_CLOSED;
        }
        return state == ConnectionState.TCP_OPENING && direction == 1 ? ConnectionState.TCP_ESTABLISHED : state;
    }

    private static boolean isOver(ConnectionState state) {
        return state == ConnectionState.TCP_CLOSED || state == ConnectionState.TCP_RESET;
    }
}
