package net.testudo.mib;

/// The notifications of TESTUDO-CLUSTER-MIB, one for each kind of event of the element.
public enum ClusterNotification implements MibObject {
    /// Another device is master now: testudoEventDevice. Sent by the new master.
    MASTER_SWITCHED(1),
    /// Another device is backup master now: testudoEventDevice.
    BACKUP_SWITCHED(2),
    /// A member is reachable and serves.
    MEMBER_UP(3),
    /// A member fell silent or was suspended from serving.
    MEMBER_DOWN(4),
    /// A device was admitted to the cluster.
    MEMBER_JOINED(5),
    /// A device left the cluster or was removed from it.
    MEMBER_LEFT(6),
    /// A device was not admitted; testudoEventCause says why.
    JOIN_REJECTED(7),
    /// A device was heard that is no member.
    DEVICE_DISCOVERED(8),
    /// A configuration revision was decided.
    REVISION_COMMITTED(9),
    /// The serving lease of a device ran out without a failover.
    LEASE_LOST(10),
    /// An alarm was raised.
    ALARM_RAISED(11),
    /// An alarm was cleared.
    ALARM_CLEARED(12),
    /// A device works with another configuration than the decided one.
    CONFIGURATION_DRIFTED(13),
    /// A device went on to do so, and is taken out of the cluster.
    VERIFY_FAILED(14);

    private final int arc;

    ClusterNotification(int arc) {
        this.arc = arc;
    }

    @Override
    public int arc() {
        return arc;
    }

    @Override
    public String parent() {
        return ClusterMib.NOTIFICATIONS;
    }

    @Override
    public String prefix() {
        return "testudo";
    }
}
