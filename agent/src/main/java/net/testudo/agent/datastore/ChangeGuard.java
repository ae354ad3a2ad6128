package net.testudo.agent.datastore;

/// Judges what somebody changes in a datastore, node by node.
@FunctionalInterface
public interface ChangeGuard {
    /// Permits everything.
    ChangeGuard NONE = (_, _) -> {};

    /// What is done to a node.
    enum Kind {
        /// It is made.
        CREATE,
        /// It gets another value, or another place among the entries that the operator orders.
        UPDATE,
        /// It is removed.
        DELETE
    }

    /// Judges one change.
    ///
    /// @param path of the node
    /// @throws RpcException if it is not permitted
    void check(Kind kind, CanonicalPath path) throws RpcException;
}
