package net.testudo.mib;

/// The columns of the table of counters, indexed by [#NAME].
public enum CounterColumn implements MibObject {
    /// Name of the counter.
    NAME(1),
    /// Its value.
    VALUE(2);

    private final int arc;

    CounterColumn(int arc) {
        this.arc = arc;
    }

    @Override
    public int arc() {
        return arc;
    }

    @Override
    public String parent() {
        return ClusterMib.COUNTER_ENTRY;
    }

    @Override
    public String prefix() {
        return "testudoCounter";
    }
}
