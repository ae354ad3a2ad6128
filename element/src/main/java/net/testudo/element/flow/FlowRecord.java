package net.testudo.element.flow;

/// All that is needed to carry a flow, as it travels between devices (SYN-06). The two keys hold the translation: what
/// goes out in one direction is what the key of the other direction shows, seen from the other side.
///
/// @param id unique in the cluster for all time: epoch (24 bits) and number (40 bits) of its first assignment
/// @param forward key of packets in the direction of the first packet
/// @param reverse key of the answers
/// @param forwardMac next hop of the forward direction, 48 bits
/// @param reverseMac next hop of the reverse direction, 48 bits
/// @param state where it stands
/// @param flags see the constants
/// @param ownership who carries it
public record FlowRecord(
        long id,
        DirectionKey forward,
        DirectionKey reverse,
        long forwardMac,
        long reverseMac,
        ConnectionState state,
        int flags,
        Ownership ownership) {
    /// The source address and port of the forward direction are translated, from a leased port.
    public static final int SOURCE_NAT = 1;
    /// The destination of the forward direction is translated.
    public static final int DESTINATION_NAT = 2;
    /// It had another owner before: sequence numbers have to be learnt anew.
    public static final int MOVED = 4;
    /// It was accepted in the middle of a connection, in the pick-up period.
    public static final int PICKED_UP = 8;
    /// TCP, a FIN was seen in the forward direction.
    public static final int FORWARD_FIN = 16;
    /// TCP, a FIN was seen in the reverse direction.
    public static final int REVERSE_FIN = 32;

    private static final int ID_SEQUENCE_BITS = 40;

    /// The id of a flow that is first assigned in this epoch.
    ///
    /// @param sequence number within the epoch
    static long id(long epoch, long sequence) {
        return (epoch << ID_SEQUENCE_BITS) | sequence;
    }

    /// Whether it was first assigned in this epoch.
    boolean isFirstOf(long epoch) {
        return id >>> ID_SEQUENCE_BITS == epoch << ID_SEQUENCE_BITS >>> ID_SEQUENCE_BITS;
    }

    /// Whether it was opened after the flow of this id: in a later epoch, or later in the same.
    boolean isOpenedAfter(long otherId) {
        return id - otherId > 0;
    }

    /// The same flow with another owner.
    public FlowRecord ownedBy(Ownership newOwnership) {
        return new FlowRecord(id, forward, reverse, forwardMac, reverseMac, state, flags, newOwnership);
    }
}
