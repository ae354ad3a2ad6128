package net.testudo.agent.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.testudo.agent.datastore.CanonicalPath;
import net.testudo.agent.datastore.ChangeGuard;
import net.testudo.agent.datastore.InstancePath;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.RpcError;
import net.testudo.agent.datastore.RpcException;
import org.w3c.dom.Element;

/// What one user may do, by the rules of one moment.
public final class Access {
    private static final String CLOSE = "ietf-netconf:close-session";
    /// Operations of the base protocol that change something, or hold up others.
    private static final Set<String> CHANGING = Set.of(
            "ietf-netconf:edit-config",
            "ietf-netconf:copy-config",
            "ietf-netconf:delete-config",
            "ietf-netconf:commit",
            "ietf-netconf:cancel-commit",
            "ietf-netconf:discard-changes",
            "ietf-netconf:lock",
            "ietf-netconf:unlock",
            "ietf-netconf:kill-session",
            "ietf-netconf-nmda:edit-data");

    private final Subject who;
    private final Models models;
    private final AccessRules rules;
    private final AccessCounters counters;
    private final Set<String> groups;
    private final List<AccessRule> mine;
    private final NodeAccess root;

    Access(Subject who, Models models, AccessRules rules, AccessCounters counters) {
        this.who = who;
        this.models = models;
        this.rules = rules;
        this.counters = counters;
        groups = rules.groupsOf(who);
        mine = rules.rulesFor(groups);
        root = NodeAccess.root(new DataRules(who.user(), rules, mine, models.sensitiveNodes()));
    }

    /// The groups of the user.
    public Set<String> groups() {
        return new TreeSet<>(groups);
    }

    /// Whether the operation `name` of `module` may be called (RFC 8341 §3.4.4).
    public AccessDecision operation(String module, String name) {
        if (who.unrestricted()) {
            return AccessDecision.of(true, AccessDecision.Reason.ROLE);
        }
        String qualified = module + ":" + name;
        if (qualified.equals(CLOSE)) {
            return AccessDecision.of(true, AccessDecision.Reason.ALWAYS);
        }
        for (AccessRule rule : mine) {
            if (rule.matchesRpc(module, name)) {
                return AccessDecision.of(rule);
            }
        }
        boolean changing =
                CHANGING.contains(qualified) || models.sensitiveNodes().has(module, name);
        if (changing) {
            return AccessDecision.of(false, AccessDecision.Reason.ROLE);
        }
        return rules.enabled()
                ? AccessDecision.of(rules.execDefault(), AccessDecision.Reason.DEFAULT)
                : AccessDecision.of(true, AccessDecision.Reason.DISABLED);
    }

    /// Whether the user may be told the notification `name` of `module` (RFC 8341 §3.4.6).
    public AccessDecision notification(String module, String name) {
        if (who.unrestricted()) {
            return AccessDecision.of(true, AccessDecision.Reason.ROLE);
        }
        for (AccessRule rule : mine) {
            if (rule.matchesNotification(module, name)) {
                return AccessDecision.of(rule);
            }
        }
        if (!rules.enabled()) {
            return AccessDecision.of(true, AccessDecision.Reason.DISABLED);
        }
        return models.sensitiveNodes().has(module, name)
                ? AccessDecision.of(false, AccessDecision.Reason.DEFAULT_DENY)
                : AccessDecision.of(rules.readDefault(), AccessDecision.Reason.DEFAULT);
    }

    /// A decision, and the node at which it falls.
    public record At(AccessDecision decision, CanonicalPath node) {}

    /// Whether `operation` may be done to the node at `path`. What is above a node has to be readable to read it.
    public At node(CanonicalPath path, AccessOperation operation) {
        if (who.unrestricted()) {
            return new At(AccessDecision.of(true, AccessDecision.Reason.ROLE), path);
        }
        NodeAccess node = root;
        List<CanonicalPath.Step> steps = path.steps();
        for (int depth = 1; depth <= steps.size(); depth++) {
            CanonicalPath.Step step = steps.get(depth - 1);
            node = node.child(step.module(), step.name(), key -> value(step, key));
            if (operation == AccessOperation.READ && depth < steps.size()) {
                AccessDecision above = node.decide(AccessOperation.READ);
                if (!above.permitted()) {
                    return new At(above, new CanonicalPath(steps.subList(0, depth)));
                }
            }
        }
        return new At(node.decide(operation), path);
    }

    private static String value(CanonicalPath.Step step, String key) {
        return step.keys().stream()
                .filter(candidate -> candidate.name().equals(key))
                .findFirst()
                .map(CanonicalPath.Key::value)
                .orElse("");
    }

    /// Refuses an operation that may not be called.
    public void demandOperation(String module, String name) throws RpcException {
        if (!operation(module, name).permitted()) {
            counters.operationDenied();
            throw denied("the user " + who.user() + " may not call " + name, "");
        }
    }

    /// Whether the user may be told a notification; counted if not.
    public boolean mayHear(String module, String name) {
        boolean permitted = notification(module, name).permitted();
        if (!permitted) {
            counters.notificationDenied();
        }
        return permitted;
    }

    /// Takes away from `data` what the user may not read.
    ///
    /// @param data the parent of top-level nodes, made from canonical lines
    public void hide(Element data) {
        if (!who.unrestricted()) {
            new HiddenData(models).hide(data, root);
        }
    }

    /// Judges what the user changes.
    public ChangeGuard changes() {
        return who.unrestricted() ? ChangeGuard.NONE : this::demandChange;
    }

    private void demandChange(ChangeGuard.Kind kind, CanonicalPath path) throws RpcException {
        AccessOperation operation = AccessOperation.of(kind);
        if (!node(path, operation).decision().permitted()) {
            counters.writeDenied();
            boolean seen = node(path, AccessOperation.READ).decision().permitted();
            throw denied(
                    "the user " + who.user() + " may not " + operation.yang() + " this node",
                    seen ? InstancePath.of(path) : "");
        }
    }

    private static RpcException denied(String message, String path) {
        return new RpcException(new RpcError(
                "application", "access-denied", "", path, message + "; explain-access says why", Map.of()));
    }
}
