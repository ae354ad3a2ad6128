package net.testudo.agent.netconf;

import java.util.List;
import java.util.Optional;
import net.testudo.agent.datastore.Datastores;
import net.testudo.agent.datastore.EditOperation;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Element;

/// Reads the parameters of the base operations.
final class Parameters {
    private Parameters() {}

    /// The child `name` of `operation`.
    static Element required(Element operation, String name) throws RpcException {
        return Xml.child(operation, name).orElseThrow(() -> missing(name));
    }

    private static RpcException missing(String name) {
        return new RpcException(RpcError.protocol("missing-element", "the parameter '" + name + "' is missing")
                .withInfo("bad-element", name));
    }

    /// The datastore that `source` or `target` names.
    static Datastores.Name datastore(Element operation, String parameter) throws RpcException {
        List<Element> named = Xml.children(required(operation, parameter));
        if (named.isEmpty()) {
            throw missing(parameter);
        }
        String name = named.getFirst().getLocalName();
        return switch (name) {
            case "running" -> Datastores.Name.RUNNING;
            case "candidate" -> Datastores.Name.CANDIDATE;
            default ->
                throw new RpcException(
                        RpcError.protocol("operation-not-supported", "there is no datastore '" + name + "' here")
                                .withInfo("bad-element", name));
        };
    }

    /// The edit that an edit-config wants.
    static Datastores.Edit edit(Element operation) throws RpcException {
        if (datastore(operation, "target") != Datastores.Name.CANDIDATE) {
            throw new RpcException(RpcError.protocol(
                    "operation-not-supported", "running changes only by commit: edit the candidate, then commit"));
        }
        EditOperation standard = EditOperation.parse(text(operation, "default-operation", "merge"));
        if (standard != EditOperation.MERGE && standard != EditOperation.REPLACE && standard != EditOperation.NONE) {
            throw bad("default-operation", "it is merge, replace or none");
        }
        String test = text(operation, "test-option", "set");
        if (!List.of("set", "test-then-set", "test-only").contains(test)) {
            throw bad("test-option", "it is set, test-then-set or test-only");
        }
        String onError = text(operation, "error-option", "stop-on-error");
        if (!List.of("stop-on-error", "rollback-on-error").contains(onError)) {
            throw bad("error-option", "an edit is done as a whole or not at all: stop-on-error or rollback-on-error");
        }
        Element config = required(operation, "config");
        return new Datastores.Edit(config, standard, !test.equals("set"), !test.equals("test-only"));
    }

    private static RpcException bad(String parameter, String message) {
        return new RpcException(
                RpcError.protocol("invalid-value", parameter + ": " + message).withInfo("bad-element", parameter));
    }

    /// The text of a parameter, or `standard` without it.
    static String text(Element operation, String name, String standard) {
        return Xml.child(operation, name).map(Xml::text).orElse(standard);
    }

    /// The subtree filter of a read, if there is one; a filter without a type is one (RFC 6241 §7.1).
    static Optional<Element> filter(Element operation) throws RpcException {
        Optional<Element> filter = Xml.child(operation, "filter");
        if (filter.isPresent()) {
            String plain = filter.get().getAttribute("type");
            String type = plain.isEmpty() ? filter.get().getAttributeNS(Xml.BASE, "type") : plain;
            if (!type.isEmpty() && !type.equals("subtree")) {
                throw new RpcException(RpcError.protocol("operation-not-supported", "only subtree filters work here")
                        .withInfo("bad-attribute", "type")
                        .withInfo("bad-element", "filter"));
            }
        }
        return filter;
    }
}
