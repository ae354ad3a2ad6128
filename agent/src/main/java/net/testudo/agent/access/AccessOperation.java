package net.testudo.agent.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import net.testudo.agent.datastore.ChangeGuard;

/// What is done to a node, or with an operation (access-operations-type of RFC 8341).
public enum AccessOperation {
    /// A node is made.
    CREATE,
    /// A node is shown, or a notification told.
    READ,
    /// A node is changed.
    UPDATE,
    /// A node is removed.
    DELETE,
    /// A protocol operation is called.
    EXEC;

    private static final String ALL = "*";

    static Set<AccessOperation> parse(String text) {
        Set<AccessOperation> operations = EnumSet.noneOf(AccessOperation.class);
        for (AccessOperation operation : values()) {
            if (text.equals(ALL) || Set.of(text.split(" ")).contains(operation.yang())) {
                operations.add(operation);
            }
        }
        return operations;
    }

    static AccessOperation of(ChangeGuard.Kind kind) {
        return switch (kind) {
            case CREATE -> CREATE;
            case UPDATE -> UPDATE;
            case DELETE -> DELETE;
        };
    }

    /// The name in YANG.
    public String yang() {
        return name().toLowerCase(Locale.ROOT);
    }
}
