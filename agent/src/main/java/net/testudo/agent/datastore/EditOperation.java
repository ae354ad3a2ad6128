package net.testudo.agent.datastore;

import java.util.Locale;
import org.w3c.dom.Element;

/// The operations of edit-config (RFC 6241 §7.2).
public enum EditOperation {
    /// What is given is added to or replaces what is there, leaf by leaf.
    MERGE,
    /// What is given takes the place of the node.
    REPLACE,
    /// As replace, but the node must not exist.
    CREATE,
    /// The node goes, and must exist.
    DELETE,
    /// The node goes if it exists.
    REMOVE,
    /// Nothing is done but below this node; only as default operation.
    NONE;

    /// The operation that the attribute of `element` names, or `inherited` without one.
    static EditOperation of(Element element, EditOperation inherited) throws RpcException {
        String text = element.getAttributeNS(Xml.BASE, "operation");
        if (text.isEmpty()) {
            return inherited;
        }
        EditOperation operation = parse(text);
        if (operation == NONE) {
            throw new RpcException(RpcError.protocol("bad-attribute", "no such operation: none")
                    .withInfo("bad-attribute", "operation")
                    .withInfo("bad-element", element.getLocalName()));
        }
        return operation;
    }

    /// The operation named `text`.
    public static EditOperation parse(String text) throws RpcException {
        for (EditOperation operation : values()) {
            if (operation.name().toLowerCase(Locale.ROOT).equals(text.strip())) {
                return operation;
            }
        }
        throw new RpcException(RpcError.protocol(
                        "bad-attribute", "the operation is merge, replace, create, delete or remove, not: " + text)
                .withInfo("bad-attribute", "operation"));
    }
}
