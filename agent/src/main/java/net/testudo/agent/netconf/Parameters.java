package net.testudo.agent.netconf;

import java.util.List;
import java.util.Optional;
import net.testudo.agent.datastore.Datastores;
import net.testudo.agent.datastore.DefaultsMode;
import net.testudo.agent.datastore.EditOperation;
import net.testudo.agent.datastore.OnError;
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
        if (!List.of("stop-on-error", "rollback-on-error", "continue-on-error").contains(onError)) {
            throw bad("error-option", "it is stop-on-error, rollback-on-error or continue-on-error");
        }
        return new Datastores.Edit(
                required(operation, "config"),
                standard,
                !test.equals("set"),
                !test.equals("test-only"),
                onError.equals("continue-on-error") ? OnError.GO_ON : OnError.REFUSE_ALL);
    }

    private static RpcException bad(String parameter, String message) {
        return new RpcException(
                RpcError.protocol("invalid-value", parameter + ": " + message).withInfo("bad-element", parameter));
    }

    /// The text of a parameter, or `standard` without it.
    static String text(Element operation, String name, String standard) {
        return Xml.child(operation, name).map(Xml::text).orElse(standard);
    }

    /// What a read wants; all of it without a filter. A filter without a type is a subtree filter (RFC 6241 §7.1).
    static DataFilter filter(Element operation) throws RpcException {
        Optional<Element> filter = Xml.child(operation, "filter");
        if (filter.isEmpty()) {
            return _ -> {};
        }
        String plain = filter.get().getAttribute("type");
        String type = plain.isEmpty() ? filter.get().getAttributeNS(Xml.BASE, "type") : plain;
        return switch (type) {
            case "", "subtree" -> new SubtreeFilter(filter.get());
            case "xpath" -> new XPathFilter(filter.get());
            default ->
                throw new RpcException(RpcError.protocol(
                                "bad-attribute", "the type of a filter is subtree or xpath, not '" + type + "'")
                        .withInfo("bad-attribute", "type")
                        .withInfo("bad-element", "filter"));
        };
    }

    /// How defaults are shown (RFC 6243 §4.5.1); what was set only, if the parameter is missing.
    static DefaultsMode defaults(Element operation) throws RpcException {
        Optional<Element> parameter = Xml.children(operation).stream()
                .filter(child -> DefaultsMode.NAMESPACE.equals(child.getNamespaceURI())
                        && "with-defaults".equals(child.getLocalName()))
                .findFirst();
        return parameter.isEmpty()
                ? DefaultsMode.EXPLICIT
                : DefaultsMode.parse(Xml.text(parameter.get()))
                        .orElseThrow(
                                () -> bad("with-defaults", "it is report-all, report-all-tagged, trim or explicit"));
    }
}
