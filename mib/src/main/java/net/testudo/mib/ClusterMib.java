package net.testudo.mib;

/// TESTUDO-CLUSTER-MIB: the arcs of the module. The objects are in [ClusterScalar], [DeviceColumn],
/// [DiscoveredColumn], [AlarmColumn], [CounterColumn], [SyncColumn] and [EventObject], the notifications in
/// [ClusterNotification].
public final class ClusterMib {
    /// `testudoClusterMIB`.
    public static final String MODULE = TestudoSmi.MODULES + ".1";
    /// `testudoClusterNotifications`.
    public static final String NOTIFICATIONS = MODULE + ".0";
    /// `testudoClusterObjects`.
    public static final String OBJECTS = MODULE + ".1";
    /// `testudoCluster`: the scalars.
    public static final String CLUSTER = OBJECTS + ".1";
    /// `testudoDeviceEntry`.
    public static final String DEVICE_ENTRY = OBJECTS + ".2.1";
    /// `testudoDiscoveredEntry`.
    public static final String DISCOVERED_ENTRY = OBJECTS + ".3.1";
    /// `testudoAlarmEntry`.
    public static final String ALARM_ENTRY = OBJECTS + ".4.1";
    /// `testudoCounterEntry`.
    public static final String COUNTER_ENTRY = OBJECTS + ".5.1";
    /// `testudoEvent`: what only notifications carry.
    public static final String EVENT = OBJECTS + ".6";
    /// `testudoSyncEntry`.
    public static final String SYNC_ENTRY = OBJECTS + ".7.1";

    private ClusterMib() {}
}
