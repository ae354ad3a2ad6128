package net.testudo.mib;

/// The scalars of TESTUDO-CLUSTER-MIB; an instance has the sub-identifier 0 appended.
public enum ClusterScalar implements MibObject {
    /// UUID of the cluster, new at each formation; empty without a cluster.
    CLUSTER_ID(1),
    /// Name of the cluster, as configured.
    CLUSTER_NAME(2),
    /// How the cluster works at this moment.
    CLUSTER_MODE(3),
    /// The epoch the answering device follows. Every change of master takes a higher one.
    CLUSTER_EPOCH(4),
    /// Number of the newest decided configuration revision; 0 if there is none.
    CLUSTER_REVISION(5),
    /// Hash of that revision, hexadecimal.
    CLUSTER_CONFIG_HASH(6),
    /// Number of the master, 0 if there is none.
    CLUSTER_MASTER(7),
    /// Serial number of the master, empty if there is none.
    CLUSTER_MASTER_SERIAL(8),
    /// How often the master changed since the cluster was formed.
    SWITCHOVER_COUNT(9),
    /// Value of sysUpTime when the master last changed; 0 if it never did.
    SWITCHOVER_TIME(10),
    /// The master before the last change, 0 if there was none.
    SWITCHOVER_FROM(11),
    /// The master after the last change, 0 if there was no change.
    SWITCHOVER_TO(12),
    /// Why the master last changed.
    SWITCHOVER_CAUSE(13),
    /// Id of the event that reported the last change.
    SWITCHOVER_EVENT_ID(14),
    /// Value of sysUpTime when testudoCounterTable last started to show the counts of another device or of a restarted
    /// one.
    COUNTER_DISCONTINUITY(15),
    /// The version of the cluster protocol in which all members are talked to.
    CLUSTER_PROTOCOL_VERSION(16);

    private final int arc;

    ClusterScalar(int arc) {
        this.arc = arc;
    }

    @Override
    public int arc() {
        return arc;
    }

    @Override
    public String parent() {
        return ClusterMib.CLUSTER;
    }

    @Override
    public String prefix() {
        return "testudo";
    }
}
