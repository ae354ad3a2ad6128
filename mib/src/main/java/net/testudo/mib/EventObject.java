package net.testudo.mib;

/// What notifications carry; an instance has the sub-identifier 0 appended.
public enum EventObject implements MibObject {
    /// Id of the event, the same in NETCONF notifications and in the log.
    ID(1),
    /// The device it is about, 0 if none.
    DEVICE(2),
    /// Serial number of the device it is about, empty if none.
    SERIAL(3),
    /// Epoch of the cluster at that moment.
    EPOCH(4),
    /// Why it happened, in one line.
    CAUSE(5),
    /// Names and values that explain it, as name=value, separated by a semicolon and a space.
    EVIDENCE(6),
    /// Why it happened, where that decides what the operator does.
    REASON(8),
    /// Name of the alarm that was raised or cleared, as in testudoAlarmName.
    ALARM(7);

    private final int arc;

    EventObject(int arc) {
        this.arc = arc;
    }

    @Override
    public int arc() {
        return arc;
    }

    @Override
    public String parent() {
        return ClusterMib.EVENT;
    }

    @Override
    public String prefix() {
        return "testudoEvent";
    }
}
