package net.testudo.mib;

/// A value of an enumeration that a MIB module of ours defines.
public sealed interface MibValue permits ClusterMode, WorkingRole, StaticRole, DiscoveryState, EventReason, SyncState {
    /// The name of the constant.
    String name();

    /// The number on the wire.
    int number();

    /// The name in the text of the module, such as `backupMaster`.
    default String label() {
        String camel = MibNames.upperCamel(name());
        return Character.toLowerCase(camel.charAt(0)) + camel.substring(1);
    }
}
