package net.testudo.mib;

/// The columns of the table of classes of run-time data, indexed by [#CLASS].
public enum SyncColumn implements MibObject {
    /// Number of the class.
    CLASS(1),
    /// Name of the class.
    NAME(2),
    /// The backup master, 0 if there is none.
    DEVICE(3),
    /// How far it is.
    STATE(4),
    /// Records that the master holds.
    RECORDS(5),
    /// Records sent in the present stream.
    SENT(6),
    /// Records of these that were acknowledged.
    ACKNOWLEDGED(7),
    /// Records that the backup master does not have yet.
    LAG_RECORDS(8),
    /// How long the oldest of these is under way, in milliseconds.
    LAG(9);

    private final int arc;

    SyncColumn(int arc) {
        this.arc = arc;
    }

    @Override
    public int arc() {
        return arc;
    }

    @Override
    public String parent() {
        return ClusterMib.SYNC_ENTRY;
    }

    @Override
    public String prefix() {
        return "testudoSync";
    }
}
