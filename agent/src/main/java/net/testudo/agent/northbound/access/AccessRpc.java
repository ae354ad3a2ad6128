package net.testudo.agent.northbound.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.testudo.agent.access.Access;
import net.testudo.agent.access.AccessControl;
import net.testudo.agent.access.AccessDecision;
import net.testudo.agent.access.AccessOperation;
import net.testudo.agent.access.Subject;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalLine;
import net.testudo.agent.datastore.CanonicalPath;
import net.testudo.agent.datastore.CanonicalXml;
import net.testudo.agent.datastore.InstancePath;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.NodeInstanceIdentifier;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.RpcException;
import net.testudo.agent.datastore.RpcInput;
import net.testudo.agent.northbound.system.Users;
import org.w3c.dom.Element;

/// The operation of `testudo-access`.
public final class AccessRpc {
    /// The name of the module.
    public static final String MODULE = "testudo-access";
    /// Its namespace.
    public static final String NAMESPACE = "urn:testudo:yang:" + MODULE;

    private static final String EXPLAIN = "explain-access";
    private static final String ROOT = "/" + MODULE + ":";
    private static final List<String> TARGETS = List.of("path", "rpc", "notification");
    private static final CanonicalPath RULES =
            new CanonicalPath(List.of(new CanonicalPath.Step("ietf-netconf-acm", "nacm", List.of())));

    private final AccessControl control;
    private final Users users;
    private final Models models;
    private final CanonicalXml xml;
    private final RpcInput input;

    /// @param control decides
    /// @param users whose rights are asked for
    /// @param xml writes what is answered
    /// @param input reads parameters
    public AccessRpc(AccessControl control, Users users, Models models, CanonicalXml xml, RpcInput input) {
        this.control = control;
        this.users = users;
        this.models = models;
        this.xml = xml;
        this.input = input;
    }

    /// Does `operation` for the user `caller`, and appends what it answers to `reply`.
    ///
    /// @param own what the caller may do
    public void run(String caller, Access own, Element operation, Element reply)
            throws RpcException, CanonicalFormException {
        if (!operation.getLocalName().equals(EXPLAIN)) {
            throw new RpcException(
                    RpcError.protocol("operation-not-supported", "no such operation: " + operation.getLocalName()));
        }
        models.prefixedLeaves().resolve(operation);
        Map<String, String> parameters = input.read(MODULE, operation);
        if (TARGETS.stream().filter(parameters::containsKey).count() != 1) {
            throw new RpcException(RpcError.protocol("missing-element", "name one path, one rpc or one notification")
                    .withInfo("bad-element", "path"));
        }
        String user = parameters.getOrDefault("user", caller);
        Access asked = user.equals(caller) ? own : other(user, own);
        StringBuilder lines = new StringBuilder();
        if (parameters.containsKey("path")) {
            AccessOperation wanted = AccessOperation.valueOf(
                    parameters.getOrDefault("operation", "read").toUpperCase(Locale.ROOT));
            Access.At decided = asked.node(path(parameters.getOrDefault("path", "/"), user), wanted);
            decision(lines, decided.decision());
            lines.append(CanonicalLine.of(ROOT + "node", InstancePath.of(decided.node())));
        } else if (parameters.containsKey("rpc")) {
            String[] name = parameters.getOrDefault("rpc", "").split(":", 2);
            decision(lines, asked.operation(name[0], name[1]));
        } else {
            String[] name = parameters.getOrDefault("notification", "").split(":", 2);
            decision(lines, asked.notification(name[0], name[1]));
        }
        for (String group : asked.groups()) {
            lines.append(ROOT + "group[.=").append(CanonicalPath.quote(group)).append("]\n");
        }
        xml.append(reply, lines.toString());
    }

    private Access other(String user, Access own) throws RpcException {
        if (!own.node(RULES, AccessOperation.READ).decision().permitted()) {
            throw new RpcException(RpcError.application(
                    "access-denied", "", "", "who may not read /nacm may ask for oneself only: leave 'user' out"));
        }
        return users.find(user)
                .map(found -> control.of(Subject.of(found)))
                .orElseThrow(
                        () -> new RpcException(RpcError.protocol("invalid-value", "there is no user '" + user + "'")
                                .withInfo("bad-element", "user")));
    }

    private static CanonicalPath path(String text, String user) throws RpcException {
        List<CanonicalPath.Step> steps = new ArrayList<>();
        for (NodeInstanceIdentifier.Step step :
                NodeInstanceIdentifier.parse(text, module -> module).steps()) {
            steps.add(new CanonicalPath.Step(
                    step.module(),
                    step.name(),
                    step.predicates().stream()
                            .map(key -> new CanonicalPath.Key(
                                    key.name(), key.value().orElse(user)))
                            .toList()));
        }
        if (steps.isEmpty()) {
            throw new RpcException(RpcError.protocol("invalid-value", "name a data node, not all of them")
                    .withInfo("bad-element", "path"));
        }
        return new CanonicalPath(List.copyOf(steps));
    }

    private static void decision(StringBuilder lines, AccessDecision decision) {
        lines.append(CanonicalLine.of(ROOT + "action", decision.permitted() ? "permit" : "deny"));
        lines.append(CanonicalLine.of(ROOT + "because", decision.reason().yang()));
        if (!decision.list().isEmpty()) {
            lines.append(CanonicalLine.of(ROOT + "rule-list", decision.list()));
            lines.append(CanonicalLine.of(ROOT + "rule", decision.rule()));
        }
    }
}
