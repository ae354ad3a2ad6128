package net.testudo.agent.netconf;

import java.util.List;
import java.util.Optional;
import net.testudo.agent.datastore.Confirmation;
import net.testudo.agent.datastore.Datastores;
import net.testudo.agent.datastore.DefaultsMode;
import net.testudo.agent.datastore.EditOperation;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.OnError;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.Xml;
import org.w3c.dom.Element;

/// Reads the parameters of the base operations.
final class Parameters {
    /// The parameter of RFC 6243, and the one that get-data has instead.
    private static final List<String> WITH_DEFAULTS = List.of(DefaultsMode.NAMESPACE, DataReads.NAMESPACE);

    /// Which confirmed commit is meant.
    static final String PERSIST_ID = "persist-id";

    private static final long CONFIRM_TIMEOUT_S = 600;
    private static final int PERSIST_MAX = 255;

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
    static Datastores.Name datastore(Models models, Element operation, String parameter) throws RpcException {
        List<Element> named = Xml.children(required(operation, parameter));
        if (named.isEmpty()) {
            throw missing(parameter);
        }
        String name = named.getFirst().getLocalName();
        return switch (name) {
            case "running" -> Datastores.Name.RUNNING;
            case "candidate" -> Datastores.Name.CANDIDATE;
            case "datastore" -> NmdaDatastore.writable(models.prefixedLeaves(), named.getFirst());
            default ->
                throw new RpcException(
                        RpcError.protocol("operation-not-supported", "there is no datastore '" + name + "' here")
                                .withInfo("bad-element", name));
        };
    }

    /// The edit that an edit-config wants.
    static Datastores.Edit edit(Models models, Element operation) throws RpcException {
        if (datastore(models, operation, "target") != Datastores.Name.CANDIDATE) {
            throw new RpcException(RpcError.protocol(
                    "operation-not-supported", "running changes only by commit: edit the candidate, then commit"));
        }
        EditOperation standard = defaultOperation(operation);
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

    private static EditOperation defaultOperation(Element operation) throws RpcException {
        EditOperation standard = EditOperation.parse(text(operation, "default-operation", "merge"));
        if (standard != EditOperation.MERGE && standard != EditOperation.REPLACE && standard != EditOperation.NONE) {
            throw bad("default-operation", "it is merge, replace or none");
        }
        return standard;
    }

    /// The edit that an edit-data wants (RFC 8526 §3.1.2).
    static Datastores.Edit editData(Models models, Element operation) throws RpcException {
        Element named = required(operation, "datastore");
        if (NmdaDatastore.writable(models.prefixedLeaves(), named) != Datastores.Name.CANDIDATE) {
            throw NmdaDatastore.refused(named, "running changes only by commit: edit the candidate, then commit");
        }
        return new Datastores.Edit(
                required(operation, "config"), defaultOperation(operation), false, true, OnError.REFUSE_ALL);
    }

    /// What a commit says of confirmation (RFC 6241 §8.4.5).
    static Confirmation confirmation(Element operation) throws RpcException {
        boolean confirmed = Xml.child(operation, "confirmed").isPresent();
        for (String name : List.of("confirm-timeout", "persist")) {
            if (!confirmed && Xml.child(operation, name).isPresent()) {
                throw new RpcException(RpcError.protocol("missing-element", "'" + name + "' goes with 'confirmed' only")
                        .withInfo("bad-element", "confirmed"));
            }
        }
        String timeout = text(operation, "confirm-timeout", Long.toString(CONFIRM_TIMEOUT_S));
        if (!timeout.matches("[0-9]{1,10}")
                || Long.parseLong(timeout) == 0
                || Long.parseLong(timeout) > Integer.toUnsignedLong(-1)) {
            throw bad("confirm-timeout", "it is a number of seconds, 1 to 4294967295");
        }
        for (String name : List.of("persist", PERSIST_ID)) {
            Optional<Element> token = Xml.child(operation, name);
            if (token.isPresent() && !Xml.text(token.get()).matches("[^\\p{Cc}]{1," + PERSIST_MAX + "}")) {
                throw bad(name, "it has 1 to " + PERSIST_MAX + " characters, none of them a control character");
            }
        }
        return new Confirmation(
                confirmed, Long.parseLong(timeout), text(operation, "persist", ""), text(operation, PERSIST_ID, ""));
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
    static DataFilter filter(Models models, Element operation) throws RpcException {
        Optional<Element> filter = Xml.child(operation, "filter");
        if (filter.isEmpty()) {
            return DataFilter::all;
        }
        String plain = filter.get().getAttribute("type");
        String type = plain.isEmpty() ? filter.get().getAttributeNS(Xml.BASE, "type") : plain;
        return switch (type) {
            case "", "subtree" -> new SubtreeFilter(filter.get());
            case "xpath" -> XPathFilter.ofAttribute(models, filter.get());
            default ->
                throw new RpcException(RpcError.protocol(
                                "bad-attribute", "the type of a filter is subtree or xpath, not '" + type + "'")
                        .withInfo("bad-attribute", "type")
                        .withInfo("bad-element", "filter"));
        };
    }

    /// What an operation with the filters of get-data (RFC 8526 §3.1.1) wants; all of it without one.
    static DataFilter dataFilter(Models models, Element operation) throws RpcException {
        Optional<Element> subtree = Xml.child(operation, "subtree-filter");
        Optional<Element> xpath = Xml.child(operation, "xpath-filter");
        if (subtree.isPresent() && xpath.isPresent()) {
            throw new RpcException(
                    RpcError.protocol("bad-element", "there is one filter, subtree-filter or xpath-filter")
                            .withInfo("bad-element", "xpath-filter"));
        }
        if (subtree.isPresent()) {
            return new SubtreeFilter(subtree.get());
        }
        return xpath.isPresent() ? XPathFilter.ofLeaf(models, xpath.get()) : DataFilter::all;
    }

    /// How the client wants to see defaults (RFC 6243 §4.5.1), if it says so.
    static Optional<DefaultsMode> defaults(Element operation) throws RpcException {
        for (Element parameter : Xml.children(operation)) {
            if (parameter.getLocalName().equals("with-defaults")
                    && WITH_DEFAULTS.contains(parameter.getNamespaceURI())) {
                return Optional.of(DefaultsMode.parse(Xml.text(parameter))
                        .orElseThrow(
                                () -> bad("with-defaults", "it is report-all, report-all-tagged, trim or explicit")));
            }
        }
        return Optional.empty();
    }
}
