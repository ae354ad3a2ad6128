package net.testudo.mib;

/// An object or a notification that a MIB module of ours defines.
public sealed interface MibObject
        permits ClusterScalar,
                DeviceColumn,
                DiscoveredColumn,
                AlarmColumn,
                CounterColumn,
                SyncColumn,
                EventObject,
                ClusterNotification {
    /// The name of the constant.
    String name();

    /// The last sub-identifier of the object identifier.
    int arc();

    /// The object identifier above, dotted.
    String parent();

    /// What the descriptor begins with.
    String prefix();

    /// The object identifier, dotted, without an instance.
    default String oid() {
        return parent() + "." + arc();
    }

    /// The name in the text of the module, such as `testudoDeviceWorkingRole`.
    default String descriptor() {
        return prefix() + MibNames.upperCamel(name());
    }
}
