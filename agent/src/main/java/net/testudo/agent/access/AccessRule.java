package net.testudo.agent.access;

import java.util.Optional;
import java.util.Set;
import net.testudo.agent.datastore.NodeInstanceIdentifier;

/// One rule (list `rule` of RFC 8341).
///
/// @param list name of its list
/// @param name of the rule
/// @param module name of the module it is for, `*` for all
/// @param kind what it is for
/// @param target name of the operation or notification it is for, `*` for all; empty for other kinds
/// @param path the data node it is for, with all that is below it; nothing for other kinds
/// @param operations it is for
/// @param permit whether what it matches is permitted
record AccessRule(
        String list,
        String name,
        String module,
        Kind kind,
        String target,
        Optional<NodeInstanceIdentifier> path,
        Set<AccessOperation> operations,
        boolean permit) {
    private static final String ALL = "*";

    /// What a rule is for.
    enum Kind {
        /// Everything in its module.
        ANY,
        /// Protocol operations.
        RPC,
        /// Notifications.
        NOTIFICATION,
        /// Data nodes.
        DATA,
        /// Nothing: a rule for data nodes whose path nobody understands. It can only deny, and then denies all data.
        BROKEN
    }

    boolean matchesRpc(String rpcModule, String rpc) {
        return operations.contains(AccessOperation.EXEC) && matches(Kind.RPC, rpcModule, rpc);
    }

    boolean matchesNotification(String notificationModule, String notification) {
        return operations.contains(AccessOperation.READ)
                && matches(Kind.NOTIFICATION, notificationModule, notification);
    }

    private boolean matches(Kind wanted, String wantedModule, String wantedName) {
        return isFor(wantedModule)
                && (kind == Kind.ANY || (kind == wanted && (target.equals(ALL) || target.equals(wantedName))));
    }

    boolean isFor(String wantedModule) {
        return module.equals(ALL) || module.equals(wantedModule);
    }

    /// Whether it is for data nodes.
    boolean isForData() {
        return kind == Kind.ANY || kind == Kind.DATA || (kind == Kind.BROKEN && !permit);
    }
}
