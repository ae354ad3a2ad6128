package net.testudo.mib;

/// The columns of the table of members, indexed by [#INDEX].
public enum DeviceColumn implements MibObject {
    /// Number of the device in the cluster.
    INDEX(1),
    /// Serial number of the device.
    SERIAL(2),
    /// Role given by the configuration.
    STATIC_ROLE(3),
    /// What the device does now.
    WORKING_ROLE(4),
    /// Health of the device: 0 is unusable, 100 is faultless.
    HEALTH(5),
    /// Version of its software.
    VERSION(6),
    /// Whether the device has a vote on masters and revisions.
    VOTER(7),
    /// Whether it was heard within the dead time.
    REACHABLE(8),
    /// Whether it holds the newest revision and the run-time data that it needs to take over.
    IN_SYNC(9),
    /// Flows that the device owns.
    FLOWS(10),
    /// Hash of the revision that the device holds, hexadecimal.
    CONFIG_HASH(11),
    /// Drawn at each start of the device's process, hexadecimal.
    BOOT_ID(12),
    /// Value of sysUpTime at its last status message; 0 if it was never heard.
    LAST_HEARD(13),
    /// The newest version of the cluster protocol that it speaks, 0 if unknown.
    PROTOCOL_VERSION(14);

    private final int arc;

    DeviceColumn(int arc) {
        this.arc = arc;
    }

    @Override
    public int arc() {
        return arc;
    }

    @Override
    public String parent() {
        return ClusterMib.DEVICE_ENTRY;
    }

    @Override
    public String prefix() {
        return "testudoDevice";
    }
}
