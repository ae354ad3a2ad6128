package net.testudo.mib;

/// The columns of the table of raised alarms, indexed by [#DEVICE] and [#NAME].
public enum AlarmColumn implements MibObject {
    /// The device it is about, 0 for the whole cluster.
    DEVICE(1),
    /// Name of the condition, such as no-real-time-scheduling.
    NAME(2),
    /// Serial number of the device it is about, empty for the whole cluster.
    SERIAL(3),
    /// What is wrong and what to do.
    TEXT(4);

    private final int arc;

    AlarmColumn(int arc) {
        this.arc = arc;
    }

    @Override
    public int arc() {
        return arc;
    }

    @Override
    public String parent() {
        return ClusterMib.ALARM_ENTRY;
    }

    @Override
    public String prefix() {
        return "testudoAlarm";
    }
}
