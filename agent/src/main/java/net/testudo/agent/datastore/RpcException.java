package net.testudo.agent.datastore;

import java.util.List;

/// An operation was refused; it changed nothing.
public final class RpcException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<RpcError> errors;

    /// @param errors at least one
    public RpcException(List<RpcError> errors) {
        super(errors.toString());
        this.errors = List.copyOf(errors);
    }

    /// Refused for one reason.
    public RpcException(RpcError error) {
        this(List.of(error));
    }

    /// Why.
    public List<RpcError> errors() {
        return errors;
    }
}
