package net.testudo.mib;

/// The columns of the table of devices that were heard and are no members, indexed by [#SERIAL].
public enum DiscoveredColumn implements MibObject {
    /// Serial number of the device.
    SERIAL(1),
    /// Address of its cluster port.
    MAC(2),
    /// Version of its software.
    VERSION(3),
    /// Capabilities that it announces.
    CAPABILITIES(4),
    /// Identifier of its licence, empty for none.
    LICENCE(5),
    /// How far it got.
    STATE(6),
    /// Why it is ineligible or was rejected, else empty.
    REASON(7),
    /// Value of sysUpTime when it was first heard.
    FIRST_HEARD(8);

    private final int arc;

    DiscoveredColumn(int arc) {
        this.arc = arc;
    }

    @Override
    public int arc() {
        return arc;
    }

    @Override
    public String parent() {
        return ClusterMib.DISCOVERED_ENTRY;
    }

    @Override
    public String prefix() {
        return "testudoDiscovered";
    }
}
