package net.testudo.element.flow;

import net.testudo.element.net.DeviceSet;

/// What the data plane has to know of the cluster at this moment. Answered by the cluster state machine; every
/// answer may change with each frame that is handled, so nothing of it is kept.
public interface ServingView {
    /// This device's number, 0 if it is in no cluster.
    int self();

    /// The master this device follows, 0 if none.
    int master();

    /// The backup master, 0 if none.
    int backup();

    /// The epoch of [#master]; everything that is sent carries it, everything below it is refused.
    long epoch();

    /// Whether this device is master with a valid lease: it may answer for the cluster addresses and assign flows.
    boolean masterServing(long nowNs);

    /// The end of this device's lease as master if nobody renews it; in the past if it has none.
    long masterLeaseEndNs();

    /// How long a lease as master lasts from the moment at which this device sent what a majority then answered.
    long masterLeaseNs();

    /// Whether this device has a valid lease as a member: it may forward frames of flows it owns.
    boolean memberServing(long nowNs);

    /// How often this device's lease has lapsed. A lapse ends all its flow ownership; an assignment that names
    /// another count is void.
    long lapse();

    /// The lapse count that `device` last announced, or -1 if it was not heard in its present session.
    long lapseOf(int device);

    /// The boot id of the session with `device`, 0 if there is none.
    long bootOf(int device);

    /// Members that may be given flows: active by role, heard, not suspended.
    DeviceSet assignable();

    /// Members that have the role standby: they carry no flows, and give away those they have.
    DeviceSet standby();

    /// Members, and former ones that may still have a lease: they have to report their flows before a new master
    /// assigns any, unless they are released.
    DeviceSet members();

    /// Suspended members whose flows may move: a majority of the voters stored the suspension and the longest
    /// lease they can hold has run out since.
    DeviceSet released();
}
